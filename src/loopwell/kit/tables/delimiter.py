"""Which character separates the fields?"""

import csv
from collections import Counter

CANDIDATES = (",", ";", "\t", "|")


def detect_delimiter(head: str, *, complete: bool) -> str:
    """The separator under which most records have the same, largest number of fields.

    Quoted separators and line breaks are respected. `complete` says that `head` is the whole
    file, so that its last record counts.
    """
    best, best_merit = ",", (0.0, 0)
    for candidate in CANDIDATES:
        merit = _merit(head, candidate, complete=complete)
        if merit > best_merit:
            best, best_merit = candidate, merit
    return best


def _merit(head: str, delimiter: str, *, complete: bool) -> tuple[float, int]:
    try:
        records = list(csv.reader(head.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return (0.0, 0)
    if not complete and len(records) > 1:
        records.pop()
    widths = [len(record) for record in records if record][:500]
    if not widths or widths[0] < 2:
        return (0.0, 0)
    agreeing = Counter(widths)[widths[0]] / len(widths)
    return (round(agreeing, 1), widths[0])


def declared_delimiter(first_line: str) -> str:
    """The separator of Excel's own first line `sep=;`, empty when there is none."""
    text = first_line.strip().strip('"')
    return text[4] if len(text) == 5 and text.lower().startswith("sep=") else ""
