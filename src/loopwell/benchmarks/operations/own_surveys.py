"""How do the answers of a survey of ours become those of a panel, and stay so as they come?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.enums import PanelSource
from loopwell.benchmarks.models import BenchmarkSurvey, Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations.panels import check_may_bring, forget_unrated
from loopwell.benchmarks.queries.names import brands_by_name, key_of
from loopwell.benchmarks.queries.own_surveys import brand_questions
from loopwell.benchmarks.queries.said import About, quarter_of, reader_of
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Invalid
from loopwell.responses.models import Response
from loopwell.surveys.models import Survey

AT_ONCE = 1_000


@dataclass(frozen=True)
class SurveyDraft:
    """A survey as somebody declares it; `brand_question` is the key of the one that says whom an
    answer is about."""

    survey: Survey
    brand_question: str
    market: str = ""
    provider: str = ""
    double_blind: bool = False


@transaction.atomic
def declare_survey(*, actor: Actor, now: datetime, draft: SurveyDraft) -> BenchmarkSurvey:
    """Its answers so far are taken at once; declared again, it is changed and read anew."""
    check_may_bring(actor)
    _check(draft)
    found, _new = BenchmarkSurvey.objects.update_or_create(
        survey=draft.survey,
        defaults={
            "brand_question": draft.brand_question,
            "market": draft.market.strip()[:200],
            "provider": draft.provider.strip()[:120],
            "double_blind": draft.double_blind,
            "declared_by_id": actor.user_id,
            "declared_at": now,
        },
    )
    Panel.objects.filter(survey=draft.survey).delete()
    ids = Response.objects.filter(survey=draft.survey).order_by("pk").values_list("pk", flat=True)
    for part in _parts(ids.iterator(chunk_size=AT_ONCE)):
        follow_answers(part)
    forget_unrated()
    payload = {"brand_question": draft.brand_question, "double_blind": draft.double_blind}
    event = Event("benchmark.declared", "survey", draft.survey.pk, payload)
    append(actor=actor, now=now, events=[event])
    return found


@transaction.atomic
def withdraw_survey(*, actor: Actor, now: datetime, declared: BenchmarkSurvey) -> None:
    """Its panels go; the survey and what was answered stay."""
    check_may_bring(actor)
    event = Event("benchmark.withdrawn", "survey", declared.survey_id)
    append(actor=actor, now=now, events=[event])
    Panel.objects.filter(survey=declared.survey_id).delete()
    declared.delete()
    forget_unrated()


def follow_answers(response_ids: Collection[int]) -> None:
    """Takes these answers as they now stand, where their survey is declared; harmless again."""
    known = {each.survey_id: each for each in BenchmarkSurvey.objects.select_related("survey")}
    if known:
        for part in _parts(response_ids):
            _follow(known, part)


@transaction.atomic
def _follow(known: Mapping[int, BenchmarkSurvey], response_ids: Collection[int]) -> None:
    rows = Response.objects.filter(pk__in=response_ids, survey__in=known, is_test=False)
    by_survey: defaultdict[int, list[Response]] = defaultdict(list)
    for row in rows.select_related("customer", "version").order_by("pk"):
        by_survey[row.survey_id].append(row)
    for survey_id, told in by_survey.items():
        _take(known[survey_id], told)


def _take(declared: BenchmarkSurvey, rows: Sequence[Response]) -> None:
    """What was taken of them before goes: a changed answer may rate fewer brands."""
    reader = reader_of(declared.survey, declared.brand_question)
    if reader is None:
        return
    PanelAnswer.objects.filter(response__in=rows).delete()
    brands = brands_by_name()
    by_quarter: defaultdict[date, list[tuple[Response, About]]] = defaultdict(list)
    for row in rows:
        said = [(row, about) for about in reader.read(row, brands.keys())]
        if said:
            by_quarter[quarter_of(timezone.localdate(row.answered_at))] += said
    for quarter, told in by_quarter.items():
        panel = _panel(declared, quarter)
        answers = [_answer(panel, row, about, brands) for row, about in told]
        once = {(each.response_id, each.brand_id): each for each in answers}
        PanelAnswer.objects.bulk_create(once.values())
        _stretch(panel, told, declared)


def _panel(declared: BenchmarkSurvey, quarter: date) -> Panel:
    number = (quarter.month + 2) // 3
    found, _new = Panel.objects.get_or_create(
        survey=declared.survey,
        quarter=quarter,
        defaults={
            "name": f"{declared.survey.name[:100]}, {quarter.year} Q{number}",
            "source": PanelSource.SURVEY,
            "market": declared.market,
            "provider": declared.provider,
            "double_blind": declared.double_blind,
            "fielded_from": date.max,
            "fielded_to": date.min,
        },
    )
    return found


def _stretch(
    panel: Panel, said: Iterable[tuple[Response, About]], declared: BenchmarkSurvey
) -> None:
    """First and last answer; whoever invites their own customers knows whom they ask."""
    days = [timezone.localdate(row.answered_at) for row, _about in said]
    panel.fielded_from = min(panel.fielded_from, *days)
    panel.fielded_to = max(panel.fielded_to, *days)
    known = PanelAnswer.objects.filter(panel=panel, response__customer__isnull=False)
    panel.double_blind = declared.double_blind and not known.exists()
    panel.save(update_fields=["fielded_from", "fielded_to", "double_blind"])


def _answer(panel: Panel, row: Response, about: About, brands: dict[str, Brand]) -> PanelAnswer:
    """Who is not known by name is told apart by the answer: all it rates is one person's."""
    key = key_of(about.brand)
    if key not in brands:
        brands[key] = Brand.objects.create(name=about.brand)
    return PanelAnswer(
        panel=panel,
        brand=brands[key],
        person=row.customer.ref if row.customer else row.ref,
        score=about.score,
        ratings=dict(about.ratings),
        answered_on=timezone.localdate(row.answered_at),
        response=row,
    )


def _check(draft: SurveyDraft) -> None:
    known: Mapping[str, str] = dict(brand_questions(draft.survey))
    if draft.brand_question not in known:
        message = _(
            "Choose a published survey about competitors and its question of one choice that "
            "says which brand somebody means, or its rating on ten points with a line for each."
        )
        raise Invalid(message, fields={"brand_question": [message]})


def _parts(ids: Iterable[int]) -> Iterable[list[int]]:
    part: list[int] = []
    for each in ids:
        part.append(each)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part
