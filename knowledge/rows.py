"""One growing block of rows. Only ever added to, so a view taken earlier stays true for good."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)
_ROOM = 1.1
"""How much more than needed is taken when a block is full: few copies, little waste."""


class Rows(Generic[Kind]):
    """Rows of one shape, side by side. One writer; any number of readers of its views."""

    def __init__(self, kind: type[Kind], *, width: int | None = None) -> None:
        shape = (0,) if width is None else (0, width)
        self._block: NDArray[Kind] = np.empty(shape, dtype=kind)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def reserve(self, rows: int) -> None:
        """Have room for so many rows in all."""
        if rows > len(self._block):
            block = np.empty((rows, *self._block.shape[1:]), dtype=self._block.dtype)
            block[: self._size] = self._block[: self._size]
            self._block = block

    def append(self, rows: NDArray[Kind]) -> None:
        needed = self._size + len(rows)
        if needed > len(self._block):
            self.reserve(int(needed * _ROOM) + 16)
        self._block[self._size : needed] = rows
        self._size = needed

    @property
    def view(self) -> NDArray[Kind]:
        return self._block[: self._size]
