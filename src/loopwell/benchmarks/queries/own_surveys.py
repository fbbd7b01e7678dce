"""Which surveys of ours ask about brands, and how many answers could be taken?"""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.benchmarks.models import BenchmarkSurvey, PanelAnswer
from loopwell.kit.errors import NotFound
from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.models import Survey
from loopwell.surveys.queries import past_questions, published
from loopwell.surveys.questions import Question

TEN = 10


@dataclass(frozen=True)
class OwnSurvey:
    """`taken` are answers, of which each may rate several brands; `left_out` name no brand that is
    known, `invited` came from customers of ours whom we asked by name."""

    declared: BenchmarkSurvey
    taken: int
    left_out: int
    invited: int


def brand_questions(survey: Survey) -> list[tuple[str, str]]:
    """(key, its words) of the questions that can say which brands somebody means; none for a survey
    of another kind or one never published."""
    newest = published(survey) if survey.kind == SurveyKind.BENCHMARK else None
    if newest is None:
        return []
    words = newest.texts.get(newest.default_language, {})
    return [
        (each.key, str(words.get(f"{each.key}.label") or each.key))
        for each in past_questions(survey).values()
        if each.type == QuestionType.SINGLE or rates_brands(each)
    ]


def rates_brands(question: Question) -> bool:
    """Ten points are those of the recommendation without its zero: 9 and 10 promote, 1 to 6 are
    against; on shorter scales nobody could say who promotes."""
    return question.type == QuestionType.GRID and question.points == TEN


def could_be_declared(actor: Actor) -> list[tuple[Survey, list[tuple[str, str]]]]:
    """Surveys about competitors with their questions that name brands."""
    require(actor, Right.READ_ANSWERS)
    rows = Survey.objects.filter(kind=SurveyKind.BENCHMARK, archived_at=None)
    return [(survey, found) for survey in rows if (found := brand_questions(survey))]


def own_surveys(actor: Actor) -> list[OwnSurvey]:
    rows = _declared(actor).annotate(
        answers=Count("survey__responses", filter=Q(survey__responses__is_test=False))
    )
    taken = {
        survey: (count, invited)
        for survey, count, invited in PanelAnswer.objects.exclude(response=None)
        .order_by()
        .values_list("response__survey")
        .annotate(
            n=Count("response", distinct=True),
            invited=Count("response", filter=Q(response__customer__isnull=False), distinct=True),
        )
    }
    found = []
    for each in rows:
        count, invited = taken.get(each.survey_id, (0, 0))
        found.append(OwnSurvey(each, count, each.answers - count, invited))
    return found


def declared_by_ref(actor: Actor, ref: str) -> BenchmarkSurvey:
    """By the reference of the survey."""
    found = _declared(actor).filter(survey__ref=ref).first()
    if found is None:
        raise NotFound(_("This survey is not declared as a benchmark."))
    return found


def _declared(actor: Actor) -> QuerySet[BenchmarkSurvey]:
    require(actor, Right.READ_ANSWERS)
    return BenchmarkSurvey.objects.select_related("survey")
