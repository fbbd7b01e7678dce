"""By when will it be known, and when did it begin to work: in words and as a picture?"""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from loopwell.calc.effects import Effect
from loopwell.calc.event_time import Moment
from loopwell.calc.nps import Estimate
from loopwell.console import charts
from loopwell.console.initiatives.measuring import name_of, plain, signed
from loopwell.console.templatetags import numbers
from loopwell.initiatives.queries.effects import Measured, Verdict, judged, moments
from loopwell.initiatives.queries.outcomes import Looked, number_of
from loopwell.initiatives.queries.outlook import Foreseen, foreseen

KNOWN = (Verdict.WORKED, Verdict.HARMED, Verdict.NOT_AS_HOPED)


def ahead(looked: Looked, found: Sequence[Measured]) -> list[str]:
    """Of what is not known yet, one sentence each."""
    known = {each.theme for each in found if each.verdict in KNOWN}
    return [
        _said(each) for each in foreseen(looked)
        if each.theme not in known
        and (each.known is None or number_of(each.known) >= looked.month)
    ]  # fmt: skip


def _said(each: Foreseen) -> str:
    facts = {
        "what": str(each.theme) if each.theme else "NPS",
        "points": signed(each.expected),
        "answers": numbers.answers(round(each.monthly)),
    }
    if each.found is None:
        return _("%(what)s: its units get too few answers to tell when it will be known.") % facts
    if each.known is not None:
        facts["month"] = date_format(each.known, "F Y")
        return (
            _("%(what)s: you will know by the end of %(month)s whether it reaches the %(points)s "
              "points you expect (80 %% power; about %(answers)s a month where it begins).")
            % facts
        )  # fmt: skip
    times = each.found.times
    facts |= {"seen": plain(each.found.seen), "times": number_format(times, int(times < 10))}
    return (
        _("%(what)s: within two years it will not be known whether it reaches the %(points)s "
          "points you expect. With about %(answers)s a month where it begins, only an effect of "
          "%(seen)s or more would show; for less, %(times)s times as many answers are needed: "
          "begin in more units and keep more as they are, or ask more customers there.")
        % facts
    )  # fmt: skip


def picture(looked: Looked, found: Sequence[Measured]) -> dict[str, Any] | None:
    """The effect by months since it began; before, what should be none."""
    told = moments(looked, found)
    if told is None:
        return None
    one, drawn = told
    points = [
        charts.Point(_label(each), Estimate(each.value, each.low, each.high, each.answers))
        for each in drawn
    ]
    data = charts.trend(points, text=_sentence(one, drawn), target=0.0)
    data["target_label"] = _("no effect")
    data["unit"] = "points"
    for place, each in enumerate(drawn):
        data["points"][place]["text"] = "\n".join(
            (points[place].label, _interval(each), numbers.answers(each.answers))
        )
    first = next(place for place, each in enumerate(drawn) if not each.is_placebo)
    data["marks"] = [{"index": first, "label": "▶ " + _("begins")}]
    return {
        "data": data,
        "name": name_of(one),
        "said": data["text"],
        "rows": [(_label(each), _interval(each), each.answers) for each in drawn],
    }


def _label(each: Moment) -> str:
    """“+3”: the third whole month after it began is the number 2, so counted from one."""
    return f"+{each.months + 1}" if not each.is_placebo else f"{numbers.MINUS}{-each.months}"


def _interval(each: Moment) -> str:
    return _("%(value)s points, likely %(low)s to %(high)s") % {
        "value": signed(each.value), "low": signed(each.low), "high": signed(each.high)
    }  # fmt: skip


def _sentence(one: Measured, drawn: Sequence[Moment]) -> str:
    """Were they on the same path before, and what was it since?"""
    before = [each for each in drawn if each.is_placebo]
    apart = sum(not each.low <= 0 <= each.high for each in before)
    effect: Effect | None = one.found
    facts = {"apart": apart, "n": len(before), "value": signed(effect.value) if effect else ""}
    if not before:
        return _("Since it began: %(value)s points on average.") % facts
    return (
        _("Before it began, %(apart)s of %(n)s months lie apart from the other units (one of "
          "twenty does by chance); since then it is %(value)s points on average.")
        % facts
    )  # fmt: skip


def effect_context(looked: Looked | None) -> dict[str, Any]:
    """What the part of the page about the effect shows."""
    if looked is None:
        return {"found": [], "ahead": [], "picture": None}
    found = judged(looked)
    return {"found": found, "ahead": ahead(looked, found), "picture": picture(looked, found)}
