"""Exact membership and numbering of 64-bit keys, vectorised: which of these were never seen, and which number has each.
An open-addressing table in two arrays, because a dict of Python objects would cost ten times the memory."""
from __future__ import annotations

import numpy as np
import pandas as pd

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class KeyTable:
    """Keys (uint64, never 0) to 32-bit values. At most two thirds full, so that a look-up takes few probes."""

    def __init__(self, expected: int = 0) -> None:
        self.size = 0
        self._allocate(max(1024, expected * 3 // 2))

    def _allocate(self, least: int) -> None:
        bits = int(least - 1).bit_length()
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._keys = np.zeros(1 << bits, np.uint64)
        self._values = np.zeros(1 << bits, np.uint32)

    @property
    def nbytes(self) -> int:
        return self._keys.nbytes + self._values.nbytes

    def setdefault(self, keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For distinct keys: the value each had (or now has), and whether it is new."""
        if 3 * (self.size + len(keys)) > 2 * len(self._keys):
            self._grow(self.size + len(keys))
        return self._insert(keys, values.astype(np.uint32, copy=False))

    def _grow(self, needed: int) -> None:
        used = np.flatnonzero(self._keys)
        keys, values = self._keys[used], self._values[used]
        self.size = 0
        self._allocate(needed * 3 // 2 + 1)
        self._insert(keys, values)

    def _insert(self, keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = values.copy()
        new = np.zeros(len(keys), bool)
        rows = np.arange(len(keys))
        slots = ((keys * _SPREAD) >> self._shift).astype(np.int64)
        while len(rows):
            wanted = keys[rows]
            held = self._keys[slots]
            here = held == wanted
            hits = rows[here]
            found[hits] = self._values[slots[here]]
            free = np.flatnonzero(held == 0)
            if len(free):
                # Several may claim one free slot: the last to write has it, and the others see so when they look again.
                claimed, mine = slots[free], wanted[free]
                self._keys[claimed] = mine
                won = self._keys[claimed] == mine
                winners = rows[free[won]]
                self._values[claimed[won]] = values[winners]
                new[winners] = True
                here[free[won]] = True
            rows, slots = rows[~here], (slots[~here] + 1) & self._mask
        self.size += int(new.sum())
        return found, new


    def put(self, keys: np.ndarray, values: np.ndarray) -> None:
        """Give keys that are in the table another value."""
        rows = np.arange(len(keys))
        slots = ((keys * _SPREAD) >> self._shift).astype(np.int64)
        while len(rows):
            here = self._keys[slots] == keys[rows]
            self._values[slots[here]] = values[rows[here]]
            rows, slots = rows[~here], (slots[~here] + 1) & self._mask


class Numbering:
    """Numbers keys 0, 1, 2 ... in the order in which they first come."""

    def __init__(self, expected: int = 0) -> None:
        self._table = KeyTable(expected)

    def __len__(self) -> int:
        return self._table.size

    @property
    def nbytes(self) -> int:
        return self._table.nbytes

    def codes(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """int32 code of each key (-1 for key 0), and the keys that are new, in the order of their codes."""
        inverse, distinct = pd.factorize(keys)
        distinct = np.asarray(distinct, np.uint64)
        real = distinct != 0
        asked = distinct[real]
        at = len(self)
        found, new = self._table.setdefault(asked, np.zeros(len(asked), np.uint32))
        fresh = asked[new]
        numbers = found.astype(np.int64)
        numbers[new] = np.arange(at, at + len(fresh))
        self._table.put(fresh, numbers[new])
        codes = np.full(len(distinct), -1, np.int32)
        codes[real] = numbers
        return codes[inverse], fresh
