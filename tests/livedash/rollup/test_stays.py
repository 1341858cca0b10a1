"""Who is in the room when, told by entries and leaves that come in any order and any portions."""
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livedash.rollup.stays import ENTERS, LEAVES, LONG, LONG_VIEW, Stays

Move = tuple[int, int, bool]
"""When, who (-1 nobody), and whether it is a leave."""
times = st.one_of(st.integers(0, 5), st.integers(0, 3 * LONG), st.sampled_from([0, LONG, LONG + 1, 2 * LONG + 1]))
moves = st.tuples(times, st.integers(-1, 3), st.booleans())
portions = st.lists(st.lists(moves, max_size=12), max_size=6)


def effects(rows: list[Move]) -> list[tuple[Move, int]]:
    """By the definition: a walk through each user's moves in order of time, entries before leaves."""
    out = []
    for user in range(4):
        mine = sorted((move for move in rows if move[1] == user), key=lambda move: (move[0], move[2]))
        inside = False
        for place, (ts, _, leave) in enumerate(mine):
            effect = 0
            if not leave:
                until = mine[place + 1][0] if place + 1 < len(mine) else None
                effect = 0 if inside else ENTERS
                effect |= LONG_VIEW if until is None or until - ts > LONG else 0
            elif inside:
                effect = LEAVES
            inside = not leave
            out.append(((ts, user, leave), effect))
    return sorted(out)


@given(portions)
def test_any_order_and_any_portions_make_the_same_stays(parts: list[list[Move]]) -> None:
    stays, booked = Stays(), dict[int, int]()
    for part in parts:
        columns = list(zip(*part, strict=True)) if part else [(), (), ()]
        changed = stays.add(*(np.array(c, d) for c, d in zip(columns, (np.int64, np.int32, bool), strict=True)))
        for row, before, now in changed.tolist():
            assert booked.get(row, 0) == before != now, "each change is told from what was told before"
            booked[row] = now
    known = [move for part in parts for move in part if move[1] >= 0]
    rows = zip(stays.ts.rows.tolist(), stays.who.rows.tolist(), stays.leave.rows.tolist(), strict=True)
    found = [(move, effect) for move, effect in zip(rows, stays.effect.rows.tolist(), strict=True)]
    assert sorted(found) == effects(known)
    assert [booked.get(row, 0) for row in range(len(known))] == stays.effect.rows.tolist()


def test_a_second_entry_goes_on_with_the_same_stay() -> None:
    stays = Stays()
    stays.add(np.array([0, 10, 20]), np.array([0, 0, 0], np.int32), np.array([False, False, True]))
    assert stays.effect.rows.tolist() == [ENTERS, 0, LEAVES]


def test_a_view_is_long_when_it_lasts_more_than_a_minute_and_not_exactly_one() -> None:
    stays = Stays()
    stays.add(np.array([0, LONG]), np.array([0, 0], np.int32), np.array([False, True]))
    stays.add(np.array([0, LONG + 1]), np.array([1, 1], np.int32), np.array([False, True]))
    assert [bool(effect & LONG_VIEW) for effect in stays.effect.rows] == [False, False, True, False]


def test_nobody_changes_nothing() -> None:
    assert len(Stays().add(np.array([1]), np.array([-1], np.int32), np.array([False]))) == 0
