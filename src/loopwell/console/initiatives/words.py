"""How are expected effects, money, states and gaps said?"""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loopwell.console.templatetags.numbers import MINUS, NO_BREAK
from loopwell.initiatives.enums import State
from loopwell.initiatives.rules.candidates import Missing, Range
from loopwell.initiatives.rules.scenario import Why

ICONS = {
    State.IDEA: "bulb",
    State.APPROVED: "checks",
    State.RUNNING: "player-play",
    State.DONE: "circle-check",
    State.STOPPED: "circle-x",
}


def verb(state: State) -> str:
    """What the button says that moves it there."""
    return {
        State.IDEA: _("Back to an idea"),
        State.APPROVED: _("Approve"),
        State.RUNNING: _("Begin"),
        State.DONE: _("It is done"),
        State.STOPPED: _("Stop"),
    }[state]


def moved(state: State) -> str:
    """What stands in its history, after who did it."""
    return {
        State.IDEA: _("%(name)s proposed it"),
        State.APPROVED: _("%(name)s approved it"),
        State.RUNNING: _("%(name)s began it"),
        State.DONE: _("%(name)s finished it"),
        State.STOPPED: _("%(name)s stopped it"),
    }[state]


def points(value: float) -> str:
    """ "+1.5" or "−2", with at most one decimal."""
    rounded = round(float(value), 1)
    if rounded == 0:
        return "0"
    places = 0 if rounded.is_integer() else 1
    return f"{'+' if rounded > 0 else MINUS}{number_format(abs(rounded), places)}"


def money(value: Any, currency: str) -> str:
    """ "12,000 EUR"; cents only where there are any."""
    places = 0 if float(value).is_integer() else 2
    amount = number_format(abs(value), places, use_l10n=True, force_grouping=True)
    return f"{MINUS if value < 0 else ''}{amount}{NO_BREAK}{currency}"


def unknown() -> str:
    return _("not known")


def effect(found: Range | None) -> str:
    """The expected points with their range."""
    if found is None:
        return unknown()
    if found.low == found.high:
        return _("%(points)s points") % {"points": points(found.value)}
    return _("%(points)s points, likely %(low)s to %(high)s") % {
        "points": points(found.value),
        "low": points(found.low),
        "high": points(found.high),
    }


def gain(found: Range | None, currency: str) -> str:
    """Money a year with its range."""
    if found is None:
        return unknown()
    told = {name: money(round(getattr(found, name)), currency) for name in ("value", "low", "high")}
    if found.low == found.high:
        return _("%(value)s a year") % told
    return _("%(value)s a year, likely %(low)s to %(high)s") % told


def missing(gaps: tuple[Missing, ...]) -> str:
    names = {
        Missing.EFFECT: _("its effect on NPS"),
        Missing.MONEY: _("its profit"),
        Missing.COST: _("its cost"),
        Missing.PEOPLE: _("the people it takes"),
    }
    return ", ".join(names[gap] for gap in gaps)


def why_not(why: Why) -> str:
    return {
        Why.NO_ROOM: _("others give more for this budget"),
        Why.UNKNOWN_GAIN: _("what it gives is not known"),
        Why.UNKNOWN_COST: _("what it costs is not known"),
        Why.BLOCKED: _("it needs another that cannot be had here"),
    }[why]
