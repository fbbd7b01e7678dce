"""Which query may run against a company's database, and what do its values mean?"""

import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from loopwell.kit.errors import ExpectedError

LONGEST_QUERY = 20_000
SINCE = re.compile(r"(?<![:\w]):since\b")
NOT_CODE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/", re.DOTALL)
WRITES = re.compile(
    r"\b(insert|merge|into|delete\s+from|update\s+\S+\s+set|for\s+update)\b", re.IGNORECASE
)
"""What writes within a statement that begins with SELECT or WITH; transactions are read-only
besides, where the database can."""


class SourceProblem(ExpectedError):
    """The database cannot be reached, or refuses the query; the text says what to do."""

    status = 422


def query_problem(query: str, watermark_column: str = "") -> str:
    """Why this query cannot be used, "" when it can: one SELECT, nothing else."""
    bare = NOT_CODE.sub(" ", query).strip().rstrip(";").strip()
    if not bare:
        return _("Write a SELECT.")
    if len(query) > LONGEST_QUERY:
        return _("The query is too long: make a view in your database and select from it.")
    if not re.match(r"(select|with)\b", bare, re.IGNORECASE):
        return _("Only a SELECT can be used: nothing is ever written to your database.")
    if ";" in bare:
        return _("Write a single SELECT, without a semicolon inside.")
    if found := WRITES.search(bare):
        return _("“%(word)s” does not belong into a query that only reads.") % {"word": found[1]}
    if watermark_column and not SINCE.search(bare):
        words = _("Use :since in the query, such as WHERE %(column)s >= :since.")
        return words % {"column": watermark_column}
    if SINCE.search(bare) and not watermark_column:
        return _("Say which column :since follows.")
    return ""


def text_of(value: Any) -> str:
    """A value of the database as a file would have it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def larger(one: Any, other: Any) -> Any:
    """The larger of two watermarks; None is none."""
    if other is None:
        return one
    return other if one is None or other > one else one


def since_of(watermark: str) -> Any:
    """The watermark as the database compares it: a number, a moment or a text."""
    if re.fullmatch(r"-?\d+", watermark):
        return int(watermark)
    try:
        return datetime.fromisoformat(watermark)
    except ValueError:
        return watermark


def without_password(text: str, password: str | None) -> str:
    return text.replace(password, "***") if password else text
