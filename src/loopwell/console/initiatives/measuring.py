"""What came of an initiative, in a sentence each?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.calc.effects import NO_AFTER, NO_BEFORE, NO_OTHERS, NOBODY, Effect
from loopwell.console.templatetags import numbers
from loopwell.initiatives.queries.effects import Measured, Verdict
from loopwell.insights.pains import CALL

TONES = {Verdict.WORKED: "good", Verdict.HARMED: "bad", Verdict.NOT_AS_HOPED: "bad"}
ICONS = {
    Verdict.WORKED: "check", Verdict.HARMED: "alert-triangle", Verdict.NOT_AS_HOPED: "x",
    Verdict.TOO_EARLY: "hourglass", Verdict.NOTHING_SEEN: "minus",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    name: str
    verdict: str
    said: str
    facts: str
    tone: str = ""
    icon: str = "hourglass"


def lines(found: Sequence[Measured]) -> list[Line]:
    return [_line(each) for each in found]


def _line(each: Measured) -> Line:
    name = name_of(each)
    if each.found is None or each.verdict is None:
        return Line(name, _("Nothing can be said yet"), _reason(each.reason), "")
    return Line(
        name, str(_words()[each.verdict]), _sentence(each, each.found), _facts(each.found),
        TONES.get(each.verdict, ""), ICONS[each.verdict],
    )  # fmt: skip


def name_of(each: Measured) -> str:
    if each.theme is None:
        return "NPS"
    where = _("found in calls") if each.voice == CALL else _("written in comments")
    return f"{each.theme}, {where}"


def _words() -> dict[Verdict, str]:
    return {
        Verdict.WORKED: _("It works"),
        Verdict.HARMED: _("It makes things worse"),
        Verdict.NOT_AS_HOPED: _("Not what was hoped for"),
        Verdict.TOO_EARLY: _("Too early to call"),
        Verdict.NOTHING_SEEN: _("No effect can be seen"),
    }


def _sentence(each: Measured, found: Effect) -> str:
    """“Smaller by 2.1 points, likely 0.9 to 3.3 smaller.”"""
    facts = {"by": plain(abs(found.value)), "low": signed(found.low), "high": signed(found.high)}
    if each.theme is not None:
        told = (
            _("Smaller by %(by)s percentage points, likely %(low)s to %(high)s.")
            if found.value < 0
            else _("Larger by %(by)s percentage points, likely %(low)s to %(high)s.")
        )
    else:
        told = (
            _("Lower by %(by)s points, likely %(low)s to %(high)s.")
            if found.value < 0
            else _("Higher by %(by)s points, likely %(low)s to %(high)s.")
        )
    said = told % facts
    if each.expected is not None:
        said += " " + _("Hoped for: %(hoped)s.") % {"hoped": signed(each.expected)}
    if each.verdict in (Verdict.TOO_EARLY, Verdict.NOTHING_SEEN):
        said += " " + _("So far only an effect of %(least)s or more would show.") % {
            "least": plain(found.detectable)
        }
    if not found.is_compared:
        said += " " + _(
            "There is no unit to compare with: against its own trend, so that what else happened "
            "then cannot be told apart."
        )
    return said


def _facts(found: Effect) -> str:
    months = ngettext("%(n)d month", "%(n)d months", found.months) % {"n": found.months}
    return _("%(months)s, %(answers)s of the changed units") % {
        "months": months, "answers": numbers.answers(found.answers)
    }  # fmt: skip


def _reason(reason: str) -> str:
    return {
        NO_BEFORE: _("There are too few months of answers from before it began."),
        NO_AFTER: _("There are too few whole months or answers since it began."),
        NO_OTHERS: _("There is no unit to compare with that has not changed."),
        NOBODY: _("Nobody answered in the changed units since it began."),
    }[reason]


def plain(value: float) -> str:
    return number_format(round(value, 1), 1)


def signed(value: float) -> str:
    rounded = round(value, 1) or 0.0
    sign = "+" if rounded > 0 else numbers.MINUS if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), 1)}"
