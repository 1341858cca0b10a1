"""Arrays that grow at their end without being copied each time. Nothing but storage."""
from __future__ import annotations

import numpy as np


class Growing:
    """A one-dimensional array of any dtype; `rows` is the part in use."""

    def __init__(self, dtype: np.dtype | type, fill: int | None = None) -> None:
        self._data = np.empty(0, dtype)
        self._fill = fill
        self.size = 0

    @property
    def rows(self) -> np.ndarray:
        return self._data[: self.size]

    @property
    def nbytes(self) -> int:
        return self._data.nbytes

    def append(self, rows: np.ndarray) -> None:
        self.resize(self.size + len(rows))
        self._data[self.size - len(rows) : self.size] = rows

    def resize(self, size: int) -> None:
        """Make it at least `size` long, new places holding the fill value."""
        if size > len(self._data):
            data = np.empty(size + size // 4 + 64, self._data.dtype)
            data[: self.size] = self.rows
            if self._fill is not None:
                data[self.size :] = self._fill
            self._data = data
        self.size = max(size, self.size)
