"""Collects the phrases of the whole product and brings the catalogues up to them: for who changes a phrase, not for
who runs livedash. It never invents a translation; what is new stands empty in the .po until somebody translates
it."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from livedash.locale import FOLDER, LANGUAGES, LOCALES

ROOT = FOLDER.parents[1]
SOURCES = ("callbacks", "layouts", "livedash", "app.py")
CALLS = {"N_": None, "words": None, "self": None, "plural": (1, 2), "of": None, "Problem": (2,)}
"""What a phrase is given to: words("..."), words.plural("...", "..."), N_("..."), Sentence.of("..."), Problem(code,
"...")."""


def phrases() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every phrase (singular and plural as a pair) with the file it stands in."""
    for source in SOURCES:
        files = sorted(ROOT.glob(f"{source}/**/*.py")) or [ROOT / source]
        for file in files:
            for _, phrase, _, _ in extract_from_file("python", file, keywords=CALLS):
                yield phrase, file.relative_to(ROOT).as_posix()


def template() -> Catalog:
    """All phrases as an empty catalogue, in the order of the alphabet."""
    catalogue = Catalog(project="livedash")
    for phrase, _ in sorted(phrases(), key=lambda found: str(found[0])):
        catalogue.add(phrase)
    return catalogue


def update(language: str) -> list[str]:
    """Bring one catalogue up to the phrases there are: new ones are added, those no longer used fall away. Returns
    what is not translated yet."""
    path = FOLDER / language / "LC_MESSAGES" / "livedash.po"
    locale = LOCALES[language]
    catalogue = read(path, locale) if path.is_file() else Catalog(locale=locale, project="livedash")
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, omit_header=True, sort_output=True, ignore_obsolete=True, no_location=True)
    return [str(message.id) for message in catalogue if message.id and not is_translated(message.string)]


def read(path: Path, locale: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def is_translated(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def main() -> int:
    """Update every catalogue; the exit status is 1 while phrases wait for their translation."""
    waiting = {language: update(language) for language in LANGUAGES if language != "en"}
    for language, missing in waiting.items():
        print(f"{language}: {len(missing)} phrases wait for their translation")
        print(*(f"  {phrase}" for phrase in missing), sep="\n")
    return 1 if any(waiting.values()) else 0
