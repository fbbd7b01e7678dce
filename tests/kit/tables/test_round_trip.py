"""Whatever a program writes as CSV is read back field by field."""

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from loopwell.kit.tables import open_table
from loopwell.kit.tables.numbers import read_number
from loopwell.kit.tables.writing import harmless

FIELDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
ROWS = st.lists(st.tuples(FIELDS, FIELDS, FIELDS), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(",;\t|"))
def test_every_field_survives(
    rows: list[tuple[str, str, str]], encoding: str, delimiter: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
            writer.writerows([("score", "why", "where"), *rows])
        table = open_table(path, delimiter=delimiter)
        assert [tuple(row.values) for row in table.rows()] == rows


@given(FIELDS)
def test_no_reject_is_a_formula(text: str) -> None:
    cell = harmless(text)
    assert cell in (text, f"'{text}")
    assert read_number(cell) is not None or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
