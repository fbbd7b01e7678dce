"""Where does a text say who somebody is, and how does it read without that?

Pure. Found are e-mail addresses, phones, cards, bank accounts, passport-like and tax or person
numbers of Ukraine, Poland, Russia, Britain and the United States, and the names that are given.
Scores, prices, dates and short numbers stay. Time grows with the length of the text, no faster.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import pgettext

from loopwell.kit.masking.found import Found, Kind
from loopwell.kit.masking.names import names_in
from loopwell.kit.masking.numbers import numbers_in
from loopwell.kit.masking.papers import papers_in

__all__ = ["Found", "Kind", "mask", "replaced", "spans", "word_of"]

DOMAIN = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
LOCAL = frozenset(".+-_%'’")


def mask(text: str, names: Iterable[str] = ()) -> str:
    """The text with words in brackets instead, in the language that is active."""
    return replaced(text, spans(text, names))


def replaced(text: str, found: Sequence[Found]) -> str:
    parts, at = [], 0
    for each in found:
        parts += [text[at : each.start], word_of(each.kind)]
        at = each.end
    return "".join([*parts, text[at:]])


def spans(text: str, names: Iterable[str] = ()) -> list[Found]:
    """From left to right, none over another."""
    kept: list[Found] = []
    for looked in (_mails(text), papers_in(text), numbers_in(text), names_in(text, names)):
        kept = _merged(kept, looked)
    return kept


def word_of(kind: Kind) -> str:
    return {
        Kind.PHONE: pgettext("masked", "[phone]"),
        Kind.MAIL: pgettext("masked", "[e-mail]"),
        Kind.CARD: pgettext("masked", "[card]"),
        Kind.NUMBER: pgettext("masked", "[number]"),
        Kind.NAME: pgettext("masked", "[name]"),
    }[kind]


def _mails(text: str) -> Iterator[Found]:
    """From each @ to both sides: no text is walked twice."""
    for found in DOMAIN.finditer(text):
        start = found.start()
        while start and (text[start - 1].isalnum() or text[start - 1] in LOCAL):
            start -= 1
        if start < found.start():
            yield Found(start, found.end(), Kind.MAIL)


def _merged(known: list[Found], more: Iterable[Found]) -> list[Found]:
    """Both, in order; what was known first wins where two overlap."""
    rest: list[Found] = []
    at = 0
    for each in sorted(more):
        while at < len(known) and known[at].end <= each.start:
            at += 1
        free = at == len(known) or each.end <= known[at].start
        if free and (not rest or rest[-1].end <= each.start):
            rest.append(each)
    return sorted([*known, *rest])
