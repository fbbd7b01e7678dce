"""How do numbers and changes read in a digest? As on the pages, without their markup."""

from datetime import timedelta

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from loopwell.calc.nps import Estimate
from loopwell.calc.scales import category
from loopwell.digests.queries import Standing
from loopwell.targets.queries import Standing as Aim
from loopwell.targets.queries.standing import Track

register = template.Library()
COLOURS = {"promoter": "#009E73", "passive": "#8A8F98", "detractor": "#D55E00"}


@register.filter
def signed(value: float) -> str:
    """+42, −7, 0: with a true minus."""
    whole = _round(value)
    return f"+{whole}" if value > 0 and whole else f"\u2212{whole}" if whole else "0"


def _round(value: float) -> int:
    """Half away from zero, as on the pages."""
    return int(abs(value) + 0.5)


@register.filter
def pm(estimate: Estimate) -> str:
    """The margin of error: half of the interval."""
    return f"±{_round((estimate.high - estimate.low) / 2)}"


@register.filter
def grouped(count: int) -> str:
    """With the thousands separated as the language does."""
    return number_format(count, 0, use_l10n=True, force_grouping=True)


@register.filter
def colour(score: int) -> str:
    return COLOURS[category(score).value]


@register.filter
def aim_words(aim: Aim) -> str:
    """Is the target of this month, quarter or year on its way? Nothing where it is too early."""
    last = date_format(aim.target.end - timedelta(days=1), "DATE_FORMAT")
    facts = {"target": signed(aim.target.value), "last": last, "share": _likely(aim.probability)}
    told = {
        Track.ON: _("The target %(target)s until %(last)s is on track, %(share)s likely."),
        Track.OPEN: _("The target %(target)s until %(last)s is open, %(share)s likely."),
        Track.OFF: _("The target %(target)s until %(last)s is off track, %(share)s likely."),
    }
    return told[aim.track] % facts if aim.track in told else ""


def _likely(probability: float | None) -> str:
    """Never 0 or 100 %: nothing that is still open is that sure."""
    return f"{min(max(round((probability or 0) * 100), 1), 99)}\u00a0%"


@register.filter
def change_words(standing: Standing) -> str:
    """What the figures allow to say about the change."""
    found = standing.change
    if found is None:
        return _("Too few answers to compare with the 90 days before.")
    points = {"points": _round(found.value)}
    if found.low > 0:
        return _("Up %(points)s against the 90 days before: a real change.") % points
    if found.high < 0:
        return _("Down %(points)s against the 90 days before: a real change.") % points
    return _("No real change against the 90 days before.")
