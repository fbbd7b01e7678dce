"""The pain map in words and as a picture."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.rules import Actor
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.templatetags import numbers
from loopwell.initiatives.queries.lists import open_for
from loopwell.insights.complaining import Complained
from loopwell.insights.pains import CALL, Pain, PainMap

NAMED_DOTS = 8
SMALLEST, LARGEST = 12, 46


@dataclass(frozen=True)
class Line:
    pain: Pain
    url: str
    answers_url: str
    initiatives: Sequence[Any] = ()
    complained: Complained | None = None

    @property
    def one_in(self) -> str:
        """Of how many who have it one complains: “1 in 40”; “–” where nothing is told."""
        if self.complained is None:
            return numbers.NONE
        found = self.complained.reported.one_in
        if found is None:
            return _("nobody")
        return _("1 in %(n)s") % {"n": numbers.grouped(max(round(found), 1))}

    @property
    def is_quiet(self) -> bool:
        return self.complained is not None and self.complained.is_quiet is True

    @property
    def points(self) -> str:
        """What it takes from the score, or adds to it: “−3.2”."""
        change = self.pain.impact.change
        return points(change.value) if change else numbers.NONE

    @property
    def margin(self) -> str:
        change = self.pain.impact.change
        return f"{points(change.low)} … {points(change.high)}" if change else ""

    @property
    def is_real(self) -> bool:
        change = self.pain.impact.change
        return change is not None and (change.low > 0 or change.high < 0)


def points(value: float) -> str:
    """With one decimal, its sign and a true minus."""
    rounded = round(value, 1) or 0.0
    sign = "+" if rounded > 0 else numbers.MINUS if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), 1)}"


def lines(
    found: Sequence[Pain],
    selection: Selection,
    voice: str,
    actor: Actor,
    told: Mapping[str, Complained],
) -> list[Line]:
    """Each with the initiatives at work on it, and how many complain of it."""
    query = selection.query()
    working = open_for(actor, [each.theme.pk for each in found])
    return [
        Line(
            each,
            f"{reverse('pains:problem', args=[each.theme.slug])}?{query}&voice={voice}",
            f"{reverse('answers:list')}?{query}&theme={each.theme.slug}",
            working.get(each.theme.pk, ()),
            told.get(each.theme.slug),
        )
        for each in found
    ]


def headline(found: PainMap) -> str:
    costly = [each for each in found.pains if _is_real(each)]
    if not found.pains:
        return _("No problem was found in these answers.")
    if not costly:
        return _("No problem costs more points than chance explains here.")
    worst = costly[0]
    told = _("“%(theme)s” costs most: without the answers that name it, NPS would be %(without)s "
             "instead of %(score)s.")  # fmt: skip
    return told % {
        "theme": worst.theme,
        "without": numbers.signed(worst.impact.without),
        "score": numbers.signed(worst.impact.score),
    }


def base_words(found: PainMap) -> str:
    """Of whom the shares are."""
    n = found.base.n
    share = numbers.percent(n / found.answers if found.answers else None)
    facts = {"n": numbers.grouped(n), "share": share}
    if found.voice == CALL:
        told = ngettext(
            "Of %(n)s answer with a call and a cause noted, %(share)s of all answers.",
            "Of %(n)s answers with a call and a cause noted, %(share)s of all answers.",
            n,
        )  # fmt: skip
    else:
        told = ngettext(
            "Of %(n)s answer with a comment that was read, %(share)s of all answers.",
            "Of %(n)s answers with a comment that was read, %(share)s of all answers.",
            n,
        )
    return told % facts


def picture(shown: Sequence[Line], text: str, *, delights: bool) -> dict[str, Any]:
    """Reach to the right, points upward; size is what is at stake, colour the trend."""
    biggest = max((_stake(each.pain) for each in shown), default=0.0)
    dots = [
        charts.Dot(
            x=round(each.pain.of_all.value, 2),
            y=round(abs(change.value), 2),
            label=str(each.pain.theme),
            text=_said(each),
            url=each.url,
            meaning=_meaning(each.pain),
            named=place < NAMED_DOTS,
            few=not each.is_real,
            size=_size(_stake(each.pain), biggest),
        )
        for place, each in enumerate(shown)
        if (change := each.pain.impact.change) is not None
        and (change.value > 0) is delights
    ]  # fmt: skip
    y_label = _("points of NPS gained") if delights else _("points of NPS lost")
    return charts.dots(
        dots, text=text, x_label=_("% of answers that name it"), y_label=y_label, unit="count"
    )


def _said(line: Line) -> str:
    pain = line.pain
    share = numbers.percent(pain.of_all.value / 100)
    told = [
        str(pain.theme),
        _("%(points)s points of NPS (%(margin)s)") % {"points": line.points, "margin": line.margin},
        _("named in %(share)s of answers (%(n)s)")
        % {"share": share, "n": numbers.grouped(pain.counts.n)},
    ]
    if pain.revenue is not None:
        told.append(_("%(sum)s a year at stake") % {"sum": numbers.grouped(round(pain.revenue))})
    told.append(trend_words(pain))
    return "\n".join(told)


def trend_words(pain: Pain) -> str:
    return {
        1: _("named more often than before: a real change"),
        -1: _("named less often than before: a real change"),
        0: _("no real change"),
    }[pain.direction]


def _meaning(pain: Pain) -> str:
    """Colours by what is good: a problem that shrinks, a delight that grows."""
    if not pain.direction:
        return ""
    return "above" if (pain.direction > 0) is pain.is_delight else "below"


def _is_real(pain: Pain) -> bool:
    change = pain.impact.change
    return change is not None and change.high < 0


def _stake(pain: Pain) -> float:
    return pain.revenue if pain.revenue is not None else 0.0


def _size(stake: float, biggest: float) -> int:
    """The area grows with the money; without money all are alike."""
    if not biggest:
        return SMALLEST + 6
    return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(stake / biggest))
