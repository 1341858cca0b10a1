"""Says in which language a comment is written, where that is certain: as its line says, by a script or words that no
other language shares, or by many small words of English. It never guesses: other Latin letters without a word about
them are of no known language."""
from __future__ import annotations

import re

from livedash.analysis.english import is_english

SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", r"[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]"),
    ("ko", r"[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]"),
    ("th", r"[\u0e01-\u0e4e]"),
    ("lo", r"[\u0e81-\u0edf]"),
    ("km", r"[\u1780-\u17dd]"),
    ("my", r"[\u1000-\u109f]"),
    ("ka", r"[\u10d0-\u10ff]"),
    ("hy", r"[\u0531-\u0587]"),
    ("el", r"[\u0370-\u03e1\u03f0-\u03ff]{2}"),
    ("ta", r"[\u0b82-\u0bcd]"),
    ("te", r"[\u0c01-\u0c4d]"),
    ("si", r"[\u0d82-\u0ddf]"),
    ("vi", r"[ơưđƠƯĐ\u1ea0-\u1eb7\u1eba-\u1ecb\u1ece-\u1ef1]"),
)
"""Scripts of one language. The last is Latin with letters that Vietnamese alone has (ẹ and ọ, which others share, are
left out)."""
HAN = re.compile(r"[\u3400-\u9fff]")
CHINESE = re.compile(r"[这們们个吗嗎呢吧啊说說没沒买卖么麼很她妳您咱哪啥谁给对让讓钱錢欢歡货发链鏈还]")
"""Signs that Japanese does not write, or writes in another form."""
WORDS: tuple[tuple[str, str, str], ...] = (
    ("ru", r"[а-яё]", r"что|это|сколько|спасибо|здравствуйте|очень|почему|привет|можно|хочу|когда|стоит|нужно"),
    ("uk", r"[іїєґ]", r"що|це|скільки|дякую|привіт|дуже|чому|можна|хочу|коли|коштує|як|є"),
    ("ar", r"[\u0621-\u064a]", r"في|هذا|هذه|هل|على|شكرا|السعر|متى|ليش|بكم|انا|أنا|السلام|عليكم|الله"),
)
"""Languages that share their script: the language, a letter that a text must hold, words of which it must hold one."""
FOREIGN = {"ru": re.compile(r"[іїєґўәғқңөұүһ]"), "ar": re.compile(r"[پچژگکیٹڈںے]")}
"""Letters that the language does not have, though its script does."""

_SCRIPTS = tuple((language, re.compile(letters)) for language, letters in SCRIPTS)
_WORDS = tuple(
    (language, re.compile(letter), re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for language, letter, words in WORDS
)
LONGEST = 300
NO_LANGUAGE = {"und", "zxx", "mul", "un", "qaa"}
"""What a log writes where it knows no language."""


def language_of(text: str, said: str | None) -> str | None:
    """The language of a text as its two-letter name; said: what its line says ("en", "pt-BR", "zh_Hans"), which goes
    before everything else. None where it is not certain."""
    if said:
        tag = re.split(r"[-_]", said.strip().lower())[0]
        if tag.isalpha() and 2 <= len(tag) <= 3 and tag not in NO_LANGUAGE:
            return tag
    return _by_letters(text[:LONGEST]) or ("en" if is_english(text[:LONGEST]) else None)


def _by_letters(text: str) -> str | None:
    if text.isascii():
        return None
    found = {language for language, letters in _SCRIPTS if letters.search(text)}
    if found:
        mixed = len(found) > 1 or (HAN.search(text) and not found & {"ja", "ko"})
        return None if mixed else found.pop()
    if HAN.search(text):
        return "zh" if CHINESE.search(text) else None
    plain = text.casefold()
    for language, letter, words in _WORDS:
        foreign = FOREIGN.get(language)
        if letter.search(plain) and words.search(plain) and not (foreign and foreign.search(plain)):
            return language
    return None
