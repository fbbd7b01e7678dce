"""How is recovery said: one sentence on what calling did, names of rows, what it cost?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.calc.matching import Effect
from loopwell.cases.queries.recovery import Cost
from loopwell.cases.rules.recovery import ENOUGH, Care, Recovery, Row
from loopwell.console.templatetags.numbers import grouped, percent, signed

SURE = 0.05
CARE: dict[str, str | Promise] = {
    Care.CALLED.value: gettext_lazy("We called and spoke with them"),
    Care.NOT_REACHED.value: gettext_lazy("We called and did not reach them"),
    Care.REFUSED.value: gettext_lazy("They did not want to be called"),
    Care.NOBODY.value: gettext_lazy("Nobody called them"),
}
SPEED: dict[str, str | Promise] = {
    "0": gettext_lazy("within 4 hours"),
    "1": gettext_lazy("within a day"),
    "2": gettext_lazy("within 3 days"),
    "3": gettext_lazy("later"),
}


@dataclass(frozen=True)
class Finding:
    """The sentence at the top; `tone` is good, bad or empty."""

    words: str
    tone: str = ""


def finding(found: Recovery) -> Finding:
    """What can be said of the effect, and nothing more."""
    effect = found.effect
    if not found.row(Care.CALLED).answered:
        return Finding(_("Nobody who was called has answered again yet."))
    if effect is None:
        words = _(
            "Nobody comparable was left without a call, so nothing can be said of the effect."
        )
        return Finding(words)
    facts = {
        "called": percent(effect.treated_share / 100),
        "others": percent(effect.others_share / 100),
        "difference": signed(effect.difference.value),
        "low": signed(effect.difference.low),
        "high": signed(effect.difference.high),
    }
    shares = _(
        "Of customers we spoke with, %(called)s are no longer detractors; of comparable ones "
        "nobody called, %(others)s."
    )
    if min(effect.treated, effect.others) < ENOUGH:
        return Finding(f"{shares % facts} {_('These are too few to judge.')}")
    if effect.difference.p >= SURE:
        told = _("That is no real difference yet: between %(low)s and %(high)s points is possible.")
        return Finding(f"{shares % facts} {told % facts}")
    if effect.difference.value > 0:
        told = _("Calling won back %(difference)s points more (%(low)s to %(high)s).")
        return Finding(f"{shares % facts} {told % facts}", "good")
    told = _("Those we called came back less often: %(difference)s points (%(low)s to %(high)s).")
    return Finding(f"{shares % facts} {told % facts}", "bad")


def named(rows: Sequence[Row], names: dict[str, str | Promise]) -> list[tuple[str, Row]]:
    return [(str(names[row.key]), row) for row in rows]


def speed_words(found: Recovery) -> str:
    if found.speed_p is None:
        return _("It cannot be told yet whether a fast call wins back more.")
    if found.speed_p >= SURE:
        return _("No real connection between the time to the first talk and coming back is seen.")
    first = next(row for row in found.speed if row.recovered)
    last = next(row for row in reversed(found.speed) if row.recovered)
    if first.recovered and last.recovered and first.recovered.value > last.recovered.value:
        return _("Those we reached sooner came back more often. That is an association, no proof.")
    return _("Those we reached later came back more often. That is an association, no proof.")


@dataclass(frozen=True)
class Money:
    """What calling cost for each customer who came back; as text with the currency.

    `each_real` counts only those who came back because of the call: with the effect's interval,
    and None where the effect could be nothing.
    """

    total: str
    time: str
    redress: str
    minutes: str
    assumed: int
    other: str
    each: str | None
    each_real: str | None
    between: str | None


def money(cost: Cost, found: Recovery) -> Money | None:
    """None while nobody has said what an hour costs."""
    if not cost.total:
        return None
    won, effect = found.row(Care.CALLED).won, found.effect
    real = _real(cost, effect, found.row(Care.CALLED).answered)
    return Money(
        total=_amount(cost.total, cost.currency),
        time=_amount(cost.time, cost.currency),
        redress=_amount(cost.redress, cost.currency),
        minutes=grouped(cost.minutes),
        assumed=cost.assumed,
        other=", ".join(_amount(amount, currency) for currency, amount in cost.other),
        each=_amount(cost.total / won, cost.currency) if won else None,
        each_real=_amount(real[0], cost.currency) if real else None,
        between=f"{_amount(real[1], cost.currency)} – {_amount(real[2], cost.currency)}"
        if real
        else None,
    )


def _real(
    cost: Cost, effect: Effect | None, answered: int
) -> tuple[Decimal, Decimal, Decimal] | None:
    """Cost per customer won by the call itself: value, least, most. The effect among those who
    answered again is taken for all who did."""
    if effect is None or effect.difference.low <= 0:
        return None
    gained = [
        Decimal(points / 100 * answered)
        for points in (effect.difference.value, effect.difference.high, effect.difference.low)
    ]
    value, least, most = (cost.total / each for each in gained)
    return value, least, most


def _amount(amount: Decimal, currency: str) -> str:
    places = 0 if amount >= 100 else 2
    return f"{number_format(round(amount, places), places, force_grouping=True)}\u00a0{currency}"
