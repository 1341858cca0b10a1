"""A key table is a dict of numbers, and a numbering gives each key its place; both whatever is asked in one go."""
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livedash.rollup.keys import KeyTable, Numbering

SPREAD_AWAY = pow(0x9E3779B97F4A7C15, -1, 2**64)
keys = st.one_of(
    st.integers(1, 2**64 - 1), st.integers(1, 50), st.sampled_from([1, 2**63, 2**64 - 1]),
    st.integers(1, 40).map(lambda n: n * SPREAD_AWAY % 2**64),
)  # fmt: skip
"""The last ones all want the first slot of the table, whatever its size."""
batches = st.lists(st.lists(keys, max_size=60), max_size=8)


@given(batches, st.integers(0, 3000))
def test_a_key_table_answers_like_a_dict(asked: list[list[int]], expected: int) -> None:
    table, model = KeyTable(expected), dict[int, int]()
    for number, batch in enumerate(asked):
        distinct = list(dict.fromkeys(batch))
        values = [number * 1000 + place for place in range(len(distinct))]
        held, new = table.setdefault(np.array(distinct, np.uint64), np.array(values, np.uint32))
        assert new.tolist() == [key not in model for key in distinct]
        assert held.tolist() == [model.setdefault(key, value) for key, value in zip(distinct, values, strict=True)]
    assert table.size == len(model)


def test_a_key_table_grows_and_forgets_nothing() -> None:
    numbers = np.random.default_rng(3).permutation(np.arange(1, 200_001, dtype=np.uint64))
    table = KeyTable()
    assert table.nbytes < 20_000
    for part in np.array_split(numbers, 37):
        _, new = table.setdefault(part, (part & np.uint64(0xFFFF)).astype(np.uint32))
        assert new.all()
    held, new = table.setdefault(numbers, np.zeros(len(numbers), np.uint32))
    assert not new.any() and (held == (numbers & np.uint64(0xFFFF))).all()
    assert table.size == 200_000 and table.nbytes < 200_000 * 100


def test_put_gives_known_keys_another_value() -> None:
    table = KeyTable()
    known = np.arange(1, 5000, dtype=np.uint64)
    table.setdefault(known, np.zeros(len(known), np.uint32))
    table.put(known[::2], np.arange(len(known[::2])))
    held, _ = table.setdefault(known, np.zeros(len(known), np.uint32))
    assert held[::2].tolist() == list(range(len(known[::2]))) and not held[1::2].any()


@given(st.lists(st.lists(st.one_of(st.just(0), keys), max_size=60), max_size=8))
def test_numbers_are_given_in_the_order_of_first_appearance(asked: list[list[int]]) -> None:
    numbering, model = Numbering(), dict[int, int]()
    for batch in asked:
        codes, fresh = numbering.codes(np.array(batch, np.uint64))
        assert fresh.tolist() == [key for key in dict.fromkeys(batch) if key and key not in model]
        assert codes.tolist() == [model.setdefault(key, len(model)) if key else -1 for key in batch]
    assert len(numbering) == len(model)


def test_a_numbering_read_again_goes_on_where_it_was() -> None:
    first = Numbering()
    _, kept = first.codes(np.array([7, 5, 0, 7, 9], np.uint64))
    again = Numbering(len(kept))
    again.codes(kept)
    codes, fresh = again.codes(np.array([9, 5, 8], np.uint64))
    assert (codes.tolist(), fresh.tolist()) == ([2, 1, 3], [8])
