"""How are a million cells held and handled as numbers: each distinct text once?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class _Codes(dict[str, int]):
    """Hands the next number to a text it has not seen."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code


class CodedColumn:
    """A column as codes into its distinct texts, filled portion by portion."""

    def __init__(self) -> None:
        self._codes = _Codes()
        self._parts: list[NDArray[np.int32]] = []

    def encode(self, cells: Sequence[str]) -> NDArray[np.int32]:
        """Codes of these cells, not kept."""
        return np.fromiter(map(self._codes.__getitem__, cells), dtype=np.int32, count=len(cells))

    def append(self, cells: Sequence[str]) -> None:
        """Take the cells of the next rows."""
        self._parts.append(self.encode(cells))

    @property
    def texts(self) -> list[str]:
        """The distinct texts; the code is the position."""
        return list(self._codes)

    @property
    def distinct(self) -> int:
        return len(self._codes)

    def codes(self) -> NDArray[np.int32]:
        """One code per row taken."""
        return np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.int32)
