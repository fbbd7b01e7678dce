"""How do rows become a CSV file that a spreadsheet opens rightly and harmlessly?"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
"""Tells Excel that the file is UTF-8."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
PLAIN_NUMBER = re.compile(r"\s*[+-]?[0-9]+([.,][0-9]+)?\s*")


class _Echo:
    """A file that hands every line straight back, so that any number streams."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A line a row, each cell made harmless; the mark stands before the first."""
    mark = BOM
    for cells in rows:
        yield mark + csv_line(cells)
        mark = ""


def csv_line(cells: Sequence[object]) -> str:
    writer = csv.writer(_Echo())
    return str(writer.writerow([harmless(cell) for cell in cells]))


def harmless(cell: object) -> str:
    """A cell no spreadsheet takes for a formula; plain numbers such as -5 stay numbers."""
    text = "" if cell is None else str(cell)
    suspicious = text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS)
    return f"'{text}" if suspicious and not PLAIN_NUMBER.fullmatch(text) else text
