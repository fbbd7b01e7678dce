"""What does somebody's regular expression find, when is it wrong, and when is it too slow?"""

import re
from math import prod
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid

PATIENCE = 0.05
"""Seconds one regular expression may take in one comment."""
TRIES = 2
"""A busy machine holds up the best expression once."""
LONGEST_LINE = 500
MOST_TIMES = 100_000
"""All counts of an expression, one times the other: a repetition of repetitions is written out
in memory, and a short line of them fills any machine."""
_COUNT = re.compile(r"\{(\d*),?(\d*)\}")


class SlowPattern(Invalid):
    """A regular expression that takes too long."""


class Span(NamedTuple):
    start: int
    end: int


def expression(number: int, line: str) -> Any:
    """Ready to be looked for; raises Invalid that names the line and what is wrong with it."""
    import regex

    counts = (int(count[:9] or 1) or 1 for found in _COUNT.findall(line) for count in found)
    if len(line) > LONGEST_LINE or prod(counts) > MOST_TIMES:
        raise _refused(number, _("it is too long, or repeats too much; write it in several lines"))
    try:
        return regex.compile(line, regex.IGNORECASE | regex.UNICODE)
    except regex.error as error:
        raise _refused(number, _wrong(str(error))) from error
    except RecursionError as error:
        raise _refused(number, _("its brackets stand too deep in one another")) from error


def _refused(number: int, wrong: str) -> Invalid:
    told = _("Line %(number)d is no regular expression: %(wrong)s.")
    message = told % {"number": number, "wrong": wrong}
    return Invalid(message, fields={"patterns": [message]})


def expression_spans(wanted: Any, text: str) -> list[Span]:
    """Where it stands, empty places left out; raises SlowPattern."""
    for _again in range(TRIES):
        try:
            matches = wanted.finditer(text, timeout=PATIENCE)
            return [Span(*match.span()) for match in matches if match.end() > match.start()]
        except TimeoutError:
            continue
    message = _(
        "The expression “%(expression)s” takes too long in a comment: it tries the same text "
        "in ever new ways. Write it without repetition inside repetition."
    ) % {"expression": wanted.pattern[:80]}
    raise SlowPattern(message, fields={"patterns": [message]})


def _wrong(said: str) -> str:
    """The library's words in ours, where people meet them; its own otherwise."""
    what = said.partition(" at position ")[0]
    known = {
        "missing )": _("a round bracket is not closed"),
        "unbalanced parenthesis": _("a round bracket is closed that was never opened"),
        "unterminated character set": _("a square bracket is not closed"),
        "missing >": _("the name of a group is not closed"),
        "nothing to repeat": _("a sign of repetition has nothing before it"),
        "multiple repeat": _("two signs of repetition follow each other"),
        "bad escape (end of pattern)": _("it ends with a backslash; write two for the sign"),
        "min repeat greater than max repeat": _("it asks for at least more than at most"),
        "bad character range": _("a range of characters runs backwards"),
        "unknown group": _("it speaks of a group that is not there"),
        "invalid group reference": _("it speaks of a group that is not there"),
        "unknown property": _("it speaks of a kind of character that is not known"),
    }
    return known.get(what, said)
