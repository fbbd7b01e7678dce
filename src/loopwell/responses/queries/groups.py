"""What did groups of people say to an anonymous survey? Nobody's answer is shown alone.

Of every question the answers are counted by unit, and a group is shown only where neither it nor
what is left beside it is too small (calc.disclosure). Texts are shown without the unit and
mixed, so that their order tells nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Any, TypeVar

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, Scope, require
from loopwell.calc.disclosure import LEAST, shown_places
from loopwell.responses.models import Response
from loopwell.responses.queries.answers import Tally
from loopwell.responses.queries.further import Said, Text, take
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Survey
from loopwell.surveys.questions import Question

CHUNK = 2000
SCORE, COMMENT = "", "comment"
"""What is counted beside further questions, whose keys are never these."""
TEXTS_SHOWN = 50
Word = TypeVar("Word", str, Text)


@dataclass(frozen=True)
class GroupResults:
    """Of a group large enough; `said` are the further questions answered by enough of them."""

    tally: Tally | None
    said: Sequence[Said] = ()
    comments: Sequence[str] = ()


@dataclass
class _Counted:
    """How many answered a question, by unit: from this follows where it may be shown."""

    places: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def shown(self, name: str, wanted: Iterable[str]) -> tuple[str, ...]:
        may = shown_places(self.places.get(name, {}))
        return tuple(place for place in wanted if place in may)


def group_results(
    actor: Actor, survey: Survey, questions: Sequence[Question], unit_path: str = ""
) -> GroupResults:
    """All the survey's answers from below `unit_path`, as far as the actor may read there."""
    require(actor, Right.READ_ANSWERS)
    wanted = _wanted(actor.within(Right.READ_ANSWERS), unit_path)
    rows = list(
        Response.objects.filter(survey=survey, is_test=False)
        .order_by()
        .values_list("unit__path", "score", "comment", "answers")
        .iterator(chunk_size=CHUNK)
    )
    rows = [(path or "", *rest) for path, *rest in rows]
    asked = {each.key: each for each in questions}
    counted = _counted(rows, asked)
    scores = [row[1] for row in _of(rows, counted.shown(SCORE, wanted))]
    if len(scores) < LEAST:
        return GroupResults(None)
    whole = not unit_path  # words beside a unit's name would tell who wrote them
    commented = counted.shown(COMMENT, wanted) if whole else ()
    comments = [row[2] for row in _of(rows, commented) if row[2]]
    return GroupResults(
        tally=Tally(len(scores), sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)),
        said=[each for q in questions if (each := _said(q, rows, counted, wanted, whole)).n],
        comments=_mixed(comments),
    )


def _wanted(scope: Scope, unit_path: str) -> tuple[str, ...]:
    """The places that together are what is asked for, none inside another."""
    if scope.covers(unit_path or None):
        return (unit_path,)
    mine = sorted(path for path in scope.paths if path.startswith(unit_path))
    return tuple(p for n, p in enumerate(mine) if not p.startswith(tuple(mine[:n]) or ("\0",)))


def _counted(rows: Sequence[Any], asked: Mapping[str, Question]) -> _Counted:
    found = _Counted()
    for path, _score, comment, answers in rows:
        found.places[SCORE][path] += 1
        if comment:
            found.places[COMMENT][path] += 1
        for key, answer in answers.items():
            if key not in asked:
                continue
            said = Said(asked[key])
            take(said, "", answer)
            names = [key] * said.n + [f"{key}.{each}" for each in said.by_aspect]
            names += [f"{key}.*"] * bool(said.texts)
            for name in names:
                found.places[name][path] += 1
    return found


def _said(
    question: Question, rows: Sequence[Any], counted: _Counted, wanted: Iterable[str], whole: bool
) -> Said:
    """Everything said to the question where it may be shown; aspects and own words are judged
    by themselves, since some answer only a part."""
    key = question.key
    found = _summed(question, rows, counted.shown(key, wanted))
    if found.n < LEAST:
        return Said(question)
    for aspect in list(found.by_aspect):
        places = counted.shown(f"{key}.{aspect}", wanted)
        found.by_aspect[aspect] = _summed(question, rows, places).by_aspect.get(aspect, Counter())
        if sum(found.by_aspect[aspect].values()) < LEAST:
            del found.by_aspect[aspect]
    texts = _summed(question, rows, counted.shown(f"{key}.*", wanted)).texts if whole else []
    found.texts = _mixed(texts)
    return found


def _mixed(texts: Sequence[Word]) -> list[Word]:
    """Each list by itself: two in one order would tell what the same person wrote."""
    return SystemRandom().sample(texts, min(len(texts), TEXTS_SHOWN)) if len(texts) >= LEAST else []


def _summed(question: Question, rows: Sequence[Any], places: tuple[str, ...]) -> Said:
    found = Said(question)
    for _path, _score, _comment, answers in _of(rows, places):
        if question.key in answers and question.type != QuestionType.HIDDEN:
            take(found, "", answers[question.key], most=len(rows))
    return found


def _of(rows: Sequence[Any], places: tuple[str, ...]) -> Iterable[Any]:
    return (row for row in rows if places and row[0].startswith(places))
