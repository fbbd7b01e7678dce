"""How is said in words whether a month, or a unit, is really different?"""

from django.utils.translation import gettext as _

from loopwell.calc.nps import Difference
from loopwell.console.templatetags.numbers import signed

SURE = 0.05


def change_words(change: Difference | None) -> str:
    if change is None:
        return _("Too few answers to compare with the month before.")
    if change.p >= SURE:
        return _("No real change against the month before.")
    points = {"points": signed(abs(change.value)).lstrip("+")}
    if change.value > 0:
        return _("Really better than the month before, by %(points)s points.") % points
    return _("Really worse than the month before, by %(points)s points.") % points


def against_words(against: Difference | None) -> str:
    if against is None:
        return _("Too few answers to compare with the rest of the company.")
    if against.p >= SURE:
        return _("No real difference from the rest of the company.")
    points = {"points": signed(abs(against.value)).lstrip("+")}
    if against.value > 0:
        return _("Really better than the rest of the company, by %(points)s points.") % points
    return _("Really worse than the rest of the company, by %(points)s points.") % points
