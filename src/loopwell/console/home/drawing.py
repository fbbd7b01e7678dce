"""How do the numbers of the home page become pictures and the tables behind them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.calc.nps import Estimate
from loopwell.calc.trend import Kind
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.home.board import Board, Moment
from loopwell.console.home.groups import Group
from loopwell.insights.asking import Row
from loopwell.surveys.enums import SurveyKind

RANKED = 24
"""Lines a chart can bear; the table behind shows all."""


@dataclass(frozen=True)
class Line:
    """One period in the table behind the trend."""

    label: str
    estimate: Estimate | None
    url: str


def estimate_of(row: Row | None) -> Estimate | None:
    if row is None or row.value is None or row.low is None or row.high is None:
        return None
    return Estimate(row.value, row.low, row.high, row.n)


def kind_lines(board: Board, selection: Selection) -> list[Line]:
    """Relationship and transactional surveys apart, where both have answers."""
    if len(board.kinds) < 2:
        return []
    names = {kind.value: str(kind.label) for kind in SurveyKind}
    return [
        Line(names[str(row.key[0])], estimate_of(row), _home(selection.query(kind=row.key[0])))
        for row in board.kinds
    ]


def _home(query: str) -> str:
    return f"{reverse('home:index')}?{query}"


def trend_lines(board: Board, selection: Selection) -> list[Line]:
    return [
        Line(_when(m, board.grain), estimate_of(m.row), _answers(_days(m, selection)))
        for m in board.moments
    ]


def trend_picture(board: Board, lines: Sequence[Line]) -> dict[str, Any]:
    points = [charts.Point(line.label, line.estimate, line.url) for line in lines]
    return charts.trend(points, text=trend_title(board))


def trend_title(board: Board) -> str:
    """What the picture shows, as far as the figures allow."""
    titles = {
        ("month", Kind.UP): _("The last month is above the months before"),
        ("month", Kind.DOWN): _("The last month is below the months before"),
        ("month", Kind.NO_CHANGE): _("The last month is no different from the months before"),
        ("week", Kind.UP): _("The last week is above the weeks before"),
        ("week", Kind.DOWN): _("The last week is below the weeks before"),
        ("week", Kind.NO_CHANGE): _("The last week is no different from the weeks before"),
    }
    few = _("NPS by month") if board.grain == "month" else _("NPS by week")
    return titles.get((board.grain, board.judged.kind), few)


def ranked_picture(groups: Sequence[Group], average: float | None, text: str) -> dict[str, Any]:
    """The ends matter: of many, the best and the worst are drawn."""
    shown = list(groups)
    if len(shown) > RANKED:
        shown = [*shown[: RANKED // 2], *shown[-RANKED // 2 :]]
    points = [
        charts.Point(
            label=group.label,
            estimate=group.result.estimate,
            url=_answers(group.answers) if group.answers else "",
            meaning=group.meaning,
        )
        for group in shown
    ]
    return charts.ranked(points, text=text, average=average)


def ranked_title(groups: Sequence[Group]) -> str:
    above = [group.label for group in groups if group.meaning == "above"]
    below = [group.label for group in groups if group.meaning == "below"]
    if above and below:
        return _("%(best)s is really ahead, %(worst)s behind") % {
            "best": above[0],
            "worst": below[-1],
        }
    if below:
        return _("%(unit)s is really behind the others") % {"unit": below[-1]}
    if above:
        return _("%(unit)s is really ahead of the others") % {"unit": above[0]}
    if all(group.result.p is None for group in groups):
        return _("Too few answers to compare")
    return _("No difference here is beyond chance")


def cut_title(cut: str, groups: Sequence[Group]) -> str:
    return _("%(property)s: %(finding)s") % {"property": cut, "finding": ranked_title(groups)}


def distribution_picture(board: Board, selection: Selection) -> dict[str, Any]:
    url = f"{_answers(selection.query(score=None))}&score={{score}}"
    return charts.distribution(board.scores, text=_("How many gave each score"), url=url)


def _answers(query: str) -> str:
    return f"{reverse('answers:list')}?{query}"


def _days(moment: Moment, selection: Selection) -> str:
    return selection.query(period="", start=moment.start, end=moment.end)


def _when(moment: Moment, grain: str) -> str:
    if grain == "month":
        return date_format(moment.start, "M Y")
    return _short(moment.start) if grain == "day" else _week(moment.start)


def _short(day: date) -> str:
    return date_format(day, "j M")


def _week(day: date) -> str:
    return f"{_short(day)} – {_short(day + timedelta(days=6))}"
