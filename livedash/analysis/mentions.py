"""Says whether a text mentions a product: by its whole title, or by words of it that together stand in no other title
of the LIVE. Where several products could be meant, none is."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from livedash.analysis.english import SMALL, UNMISTAKABLE, listed

SHORTEST_TITLE = 4
"""A title of fewer letters may stand in a text by chance."""
LONG_WORD = 4
"""A word of so many letters can stand for its product by itself; shorter ones, numbers and pairs of signs need another.
"""
COMMON = listed(
    """
    beige best big black blue bright brown care cheap cold cool cute daily extra fast fine free fresh full gift
    gold good gray great green grey hair half hand happy hard heavy home hot ice item kids large last lady life light
    long love low made mega men mini morning natural new nice night offer ones orange original pack pair pink plus
    premium price pro pure purple quality quick ready real red rose sale set shop short silver size skin small soft
    special strong style super sweet thin time today top travel ultra warm water week white wide woman women yellow
    """
)
"""Words that titles have and people also say of anything else: they need another word of the title beside them."""

_WRITTEN_TOGETHER = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PIECES = re.compile(rf"[{_WRITTEN_TOGETHER}]+|[^\W_{_WRITTEN_TOGETHER}]+")
_TOGETHER = re.compile(f"[{_WRITTEN_TOGETHER}]")


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in small letters and without a plural's s; scripts that part no words give pairs of
    signs."""
    found: set[str] = set()
    for piece in _PIECES.findall(text.casefold()):
        if _TOGETHER.match(piece):
            found.update(piece[place : place + 2] for place in range(max(1, len(piece) - 1)))
        else:
            found.add(piece[:-1] if len(piece) > LONG_WORD and piece.endswith("s") and piece[-2] != "s" else piece)
    return frozenset(found)


def mentions(titles: Mapping[str, str], product_id: str) -> Callable[[str], bool]:
    """Whether a text mentions this product among all of the LIVE (product_id to title)."""
    title = titles.get(product_id, "").casefold()
    if not title:
        return lambda text: False
    others = [words_of(other) for key, other in titles.items() if key != product_id]
    own = words_of(title) - UNMISTAKABLE - SMALL
    distinctive = frozenset(word for word in own if not others or not all(word in other for other in others))
    whole = title if len(title) >= SHORTEST_TITLE else None

    def mentioned(text: str) -> bool:
        plain = text.casefold()
        if whole and whole in plain:
            return True
        if not any(word in plain for word in distinctive):
            return False
        said = words_of(plain) & distinctive
        return sum(map(_weight, said)) >= 2 and not any(said <= other for other in others)

    return mentioned


def _weight(word: str) -> int:
    return 2 if len(word) >= LONG_WORD and word not in COMMON and not word.isdigit() else 1
