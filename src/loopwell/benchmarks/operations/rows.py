"""How do a panel's answers come in from a program, the same ones twice without harm?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.enums import PanelSource
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations.panels import check_may_bring
from loopwell.benchmarks.queries.names import brands_by_name, key_of, tidy_name
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict

AT_ONCE = 1_000


@dataclass(frozen=True)
class AnswerDraft:
    """What one person said of one brand; `ratings` are points from 0 to 10 by aspect."""

    person: str
    brand: str
    score: int
    segment: str = ""
    weight: float = 1.0
    ratings: Mapping[str, float] = field(default_factory=dict)
    answered_on: date | None = None


@transaction.atomic
def put_answers(
    *, actor: Actor, now: datetime, panel: Panel, answers: Sequence[AnswerDraft]
) -> int:
    """All of them or none; the same person's word on the same brand takes the place of the old."""
    check_may_bring(actor)
    locked = Panel.objects.select_for_update().get(pk=panel.pk)
    if locked.source == PanelSource.SURVEY:
        raise Conflict(_("This panel is made of a survey’s answers: nothing can be added to it."))
    brands = _brands(answers)
    told = {(each.person, brands[key_of(each.brand)].pk): each for each in answers}
    people = {person for person, _brand in told}
    old = PanelAnswer.objects.filter(panel=locked, person__in=people)
    replaced = [
        pk
        for pk, person, brand in old.values_list("pk", "person", "brand_id")
        if (person, brand) in told
    ]
    PanelAnswer.objects.filter(pk__in=replaced).delete()
    PanelAnswer.objects.bulk_create(
        _answer(locked, brand, each) for (_person, brand), each in told.items()
    )
    days = [each.answered_on for each in told.values() if each.answered_on is not None]
    locked.fielded_from = min(locked.fielded_from, *days, locked.fielded_from)
    locked.fielded_to = max(locked.fielded_to, *days, locked.fielded_to)
    locked.save(update_fields=["fielded_from", "fielded_to"])
    payload = {"answers": len(told)}
    append(actor=actor, now=now, events=[Event("panel.answers", "panel", locked.pk, payload)])
    return len(told)


def _answer(panel: Panel, brand: int, each: AnswerDraft) -> PanelAnswer:
    return PanelAnswer(
        panel=panel,
        brand_id=brand,
        person=each.person,
        segment=each.segment,
        score=each.score,
        weight=each.weight,
        ratings=dict(each.ratings),
        answered_on=each.answered_on or panel.fielded_to,
    )


def _brands(answers: Sequence[AnswerDraft]) -> Mapping[str, Brand]:
    """By name without regard to case; those that are new are made."""
    found = brands_by_name()
    for each in answers:
        if key_of(each.brand) not in found:
            found[key_of(each.brand)] = Brand.objects.create(name=tidy_name(each.brand))
    return found
