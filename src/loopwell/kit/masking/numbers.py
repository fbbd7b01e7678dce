"""Where does a text hold a phone, a card or a person's number, however its digits are grouped?"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from loopwell.kit.masking.checking import is_card, is_persons_number
from loopwell.kit.masking.found import Found, Kind
from loopwell.kit.masking.orders import is_order, is_price
from loopwell.kit.masking.phones import is_international, is_national

GROUP = re.compile(r"\d+")
GAP = re.compile(r"[ \u00a0\u202f\u2009.()/\-‐‑–]{1,3}")
DATE = re.compile(
    r"(?<!\d)(?<!\d[./-])"
    r"(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d([./-])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]))"
    r"(?!\d)(?![./-]\d)"
)
FEWEST, MOST, MOST_GROUPS = 9, 19, 10


class _Digits(NamedTuple):
    start: int
    end: int
    plain: str
    joins: bool
    """Whether only a space, a hyphen or the like stands between it and the group before."""


def numbers_in(text: str) -> Iterator[Found]:
    """The longest row of groups that makes one number; then on behind it."""
    groups = _groups(text)
    at = 0
    while at < len(groups):
        found, width = _number(text, groups, at)
        if found is not None:
            yield found
        at += width


def _groups(text: str) -> list[_Digits]:
    dates = [found.span() for found in DATE.finditer(text)]
    rows: list[_Digits] = []
    before, date = -1, 0
    for found in GROUP.finditer(text):
        start, end = found.span()
        while date < len(dates) and dates[date][1] <= start:
            date += 1
        if date < len(dates) and dates[date][0] <= start:
            before = -1
            continue
        joins = before >= 0 and start - before <= 3 and bool(GAP.fullmatch(text, before, start))
        plain = "".join(str(unicodedata.decimal(each)) for each in found[0][: MOST + 1])
        rows.append(_Digits(start, end, plain, joins))
        before = end
    return rows


def _number(text: str, groups: list[_Digits], at: int) -> tuple[Found | None, int]:
    """The number that begins here, and how many groups it takes."""
    row, count = [groups[at]], len(groups[at].plain)
    for each in groups[at + 1 : at + MOST_GROUPS]:
        if not each.joins or count + len(each.plain) > MOST:
            break
        row.append(each)
        count += len(each.plain)
    start, is_abroad = _beginning(text, groups[at])
    for width in range(len(row), 0, -1):
        kind = _kind(text, row[:width], is_abroad)
        end = row[width - 1].end
        if kind is not None and not _goes_on(text, start, end):
            return Found(start, end, kind), width
    return None, 1


def _beginning(text: str, first: _Digits) -> tuple[int, bool]:
    """A plus and a bracket belong to the number."""
    start = first.start
    if start and text[start - 1] == "(":
        start -= 1
    if start and text[start - 1] in "+＋":
        return start - 1, True
    return start, first.plain.startswith("00")


def _kind(text: str, row: list[_Digits], is_abroad: bool) -> Kind | None:
    plain = "".join(each.plain for each in row)
    if not (FEWEST - 2 * is_abroad <= len(plain) <= MOST):
        return None
    if is_abroad:
        return Kind.PHONE if is_international(plain) else None
    shape = tuple(len(each.plain) for each in row)
    if is_card(plain, shape):
        return Kind.CARD
    start, end = row[0].start, row[-1].end
    if is_order(text, start) or is_price(text, start, end):
        return None
    if is_national(plain, shape):
        return Kind.PHONE
    return Kind.NUMBER if is_persons_number(plain, shape) else None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Digits inside a word are no number of their own."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before.isalnum() or before == "_" or after.isalnum() or after == "_"
