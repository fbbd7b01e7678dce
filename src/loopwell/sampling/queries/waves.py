"""Which sendings are there, and how is one going?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.kit.errors import NotFound
from loopwell.people.models import Customer
from loopwell.sampling.models import Invitation, Wave
from loopwell.sampling.queries.customers import judged
from loopwell.sampling.queries.plans import asking_of, candidates_of
from loopwell.surveys.rules import languages_of


@dataclass(frozen=True)
class Progress:
    """One sending in numbers; `rate` is answers among messages that did not bounce, in percent."""

    planned: int = 0
    sent: int = 0
    bounced: int = 0
    declined: int = 0
    answered: int = 0

    @property
    def arrived(self) -> int:
        return max(self.sent - self.bounced, 0)

    @property
    def rate(self) -> Estimate | None:
        return wilson(min(self.answered, self.arrived), self.arrived) if self.arrived else None


def visible_to(actor: Actor) -> QuerySet[Wave]:
    """Sendings within the part of the company where the actor runs surveys."""
    if not actor.may(Right.RUN_SURVEYS):
        return Wave.objects.none()
    return Wave.objects.filter(actor.within(Right.RUN_SURVEYS).rows()).select_related(
        "version__survey", "unit", "created_by"
    )


def wave_by_ref(actor: Actor, ref: str) -> Wave:
    found = visible_to(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such sending."))
    return found


def progress_of(waves: Iterable[Wave]) -> dict[int, Progress]:
    """Numbers by wave id, all in one query."""
    return progress_by("wave", [each.pk for each in waves])


def progress_by(plan: str, ids: Sequence[int]) -> dict[int, Progress]:
    """Numbers of invitations by the id of their `plan`: "wave" or "programme"."""
    rows = (
        Invitation.objects.filter(**{f"{plan}__in": ids}, is_test=False)
        .order_by()
        .values_list(f"{plan}_id")
        .annotate(
            planned=Count("pk"),
            sent=Count("sent_at"),
            bounced=Count("bounced_at", filter=Q(sent_at__isnull=False)),
            declined=Count("declined_at"),
            answered=Count("answered_at"),
        )
    )
    return {of: Progress(*numbers) for of, *numbers in rows}


def short_of(wave: Wave) -> list[tuple[str, int]]:
    """Of which stratum how many of its share could not be asked, as its last run found."""
    run = wave.runs.exclude(draw=None).order_by("-pk").first()
    return sorted(run.short.items()) if run else []


def examples(wave: Wave, now: datetime) -> dict[str, Customer]:
    """For each language of the survey a customer who would read it; some may have none."""
    rows = judged(candidates_of(wave), asking_of(wave, now)).filter(reason="")
    found: dict[str, Customer] = {}
    for code in languages_of(wave.version):
        spoken = Q(language__istartswith=code)
        if code == wave.version.default_language:
            spoken |= Q(language="")
        one = rows.filter(spoken).order_by("pk").first()
        if one is not None:
            found[code] = one
    return found


def invitations_of(actor: Actor, customer_id: int) -> QuerySet[Invitation]:
    """What one customer was asked and really sent, for whoever sees those rows."""
    rows = Invitation.objects.filter(customer_id=customer_id, is_test=False)
    rows = rows.filter(actor.within(Right.READ_CUSTOMERS).rows(account="account")).exclude(
        sent_at=None
    )
    return rows.select_related("wave", "version__survey").order_by("-sent_at")
