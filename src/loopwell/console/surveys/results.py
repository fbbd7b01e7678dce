"""Staff page: what did customers say to each question, over all versions of a survey?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.calc.disclosure import LEAST
from loopwell.calc.mean import mean_of
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.console.answers import choices
from loopwell.console.answers.further import label_of, reader
from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.surveys.cards import ICONS
from loopwell.console.templatetags.loopwell import FEW
from loopwell.insights.questions import row_of
from loopwell.responses.queries import (
    Said,
    Tally,
    further_questions,
    further_said,
    group_results,
    tally,
)
from loopwell.surveys import queries
from loopwell.surveys.enums import ANONYMOUS, QuestionType
from loopwell.surveys.questions import Question

TOP_POINTS = 2
"""Satisfaction is the share of the top two points, as CSAT is commonly reported."""
HIDDEN_SHOWN = 20


@dataclass(frozen=True)
class Bar:
    """One point, choice or value: how often, and what share that is."""

    label: str
    count: int
    share: Estimate


@dataclass(frozen=True)
class Aspect:
    """One row of a grid."""

    label: str
    mean: Estimate
    top: Estimate


@dataclass(frozen=True)
class Result:
    """All that is shown of one question; what its type has not is None or empty."""

    icon: str
    kind: str
    label: str
    n: int
    points: int
    own_words: tuple[Any, ...] = ()
    mean: Estimate | None = None
    top: Estimate | None = None
    low: str = ""
    high: str = ""
    bars: tuple[Bar, ...] = ()
    aspects: tuple[Aspect, ...] = ()

    @property
    def few(self) -> bool:
        return 0 < self.n < FEW


@staff(Right.READ_ANSWERS)
def results(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    if found.kind in ANONYMOUS:
        return _of_groups(request, found)
    query = request.GET.copy()
    query.setdefault("period", "all")
    query["survey"] = found.ref
    selection = read_selection(query, request.actor, timezone.now())
    asked = further_questions(found)
    given = further_said(
        request.actor, selection.for_answers(), [question for question, _version in asked]
    )
    counted = tally(request.actor, selection.for_answers())
    read = reader()
    versions = {question.key: version for question, version in asked}
    context = {
        "survey": found,
        "selection": selection,
        "counted": counted,
        "nps": row_of("nps", (), _stats(counted)),
        "parts": _parts(counted),
        "answers_query": selection.query(),
        "results": [result_of(said, read(versions[said.question.key])) for said in given],
        "choices": _choices(request, selection),
        "runs_surveys": request.actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/surveys/results.html", context)


def _of_groups(request: StaffRequest, survey: Any) -> HttpResponse:
    """Of an anonymous survey: by unit alone, since periods differing by a day tell one answer."""
    unit = request.GET.get("unit", "")
    selection = read_selection(QueryDict(f"unit={unit}&period=all"), request.actor, timezone.now())
    asked = further_questions(survey)
    path = selection.unit.path if selection.unit else ""
    found = group_results(request.actor, survey, [each for each, _version in asked], path)
    read, versions = reader(), {question.key: version for question, version in asked}
    context = {
        "survey": survey,
        "unit": selection.unit,
        "units": choices.units(request.actor, selection),
        "least": LEAST,
        "nps": row_of("nps", (), _stats(found.tally)) if found.tally else None,
        "comments": found.comments,
        "results": [result_of(said, read(versions[said.question.key])) for said in found.said],
        "runs_surveys": request.actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/surveys/group_results.html", context)


def _stats(counted: Tally) -> dict[str, float]:
    return {"n": counted.n, "promoters": counted.promoters, "detractors": counted.detractors}


def _parts(counted: Tally) -> dict[str, int]:
    passives = counted.n - counted.promoters - counted.detractors
    return {
        "promoters": counted.promoters,
        "passives": passives,
        "detractors": counted.detractors,
    }


def _choices(request: StaffRequest, selection: Selection) -> dict[str, Any]:
    return {
        "period": choices.periods(selection),
        "unit": choices.units(request.actor, selection),
    }


def result_of(said: Said, texts: Mapping[str, str]) -> Result:
    """The figures of one question, in the words of the version that asked it last."""
    question = said.question
    base: dict[str, Any] = {
        "icon": ICONS[question.type],
        "kind": str(question.type.label),
        "label": label_of(question, texts),
        "n": said.n,
        "points": question.points,
        "own_words": tuple(said.texts),
    }
    if not said.n:
        return Result(**base)
    match question.type:
        case QuestionType.CSAT | QuestionType.CES:
            base |= _rated(said, texts)
        case QuestionType.GRID:
            base["aspects"] = tuple(_aspects(said, texts))
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            base["bars"] = tuple(_chosen(said, texts))
        case QuestionType.HIDDEN:
            common = said.counts.most_common(HIDDEN_SHOWN)
            base["bars"] = tuple(Bar(v, n, wilson(n, said.n)) for v, n in common)
    return Result(**base)


def _rated(said: Said, texts: Mapping[str, str]) -> dict[str, Any]:
    question, counts = said.question, _points(said.counts)
    bars = tuple(
        Bar(str(point), counts.get(point, 0), wilson(counts.get(point, 0), said.n))
        for point in range(1, max(question.points, *counts) + 1)
    )
    ends = {part: texts.get(f"{question.key}.{part}", "") for part in ("low", "high")}
    top = _top(question, counts) if question.type == QuestionType.CSAT else None
    return {"bars": bars, "mean": mean_of(counts), "top": top, **ends}


def _points(counts: Any) -> dict[int, int]:
    return {int(point): count for point, count in counts.items() if point.isdecimal()}


def _top(question: Question, counts: dict[int, int]) -> Estimate:
    best = question.points - TOP_POINTS
    high = sum(count for point, count in counts.items() if point > best)
    return wilson(high, sum(counts.values()))


def _aspects(said: Said, texts: Mapping[str, str]) -> list[Aspect]:
    """The best first."""
    question = said.question
    found = []
    for aspect, given in said.by_aspect.items():
        counts = _points(given)
        if counts:
            label = texts.get(f"{question.key}.{aspect}") or aspect
            found.append(Aspect(label, mean_of(counts), _top(question, counts)))
    return sorted(found, key=lambda row: -row.mean.value)


def _chosen(said: Said, texts: Mapping[str, str]) -> list[Bar]:
    """The most frequent first; shares are of those who answered the question."""
    question = said.question
    names = list(question.options)
    names += [name for name in said.counts if name not in question.options]
    bars = [
        Bar(
            texts.get(f"{question.key}.{name}") or name,
            said.counts[name],
            wilson(said.counts[name], said.n),
        )
        for name in names
    ]
    return sorted(bars, key=lambda bar: -bar.count)
