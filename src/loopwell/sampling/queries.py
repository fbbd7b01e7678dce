"""Who matches a filter, who of them can be asked, and how is a sending going?"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor, Scope
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.kit.errors import NotFound
from loopwell.people.models import Customer, Property
from loopwell.sampling.enums import After
from loopwell.sampling.models import (
    ContactException,
    ContactRule,
    Invitation,
    Programme,
    Wave,
)
from loopwell.sampling.rules import EXCLUSIONS, Asking, CustomerFilter, Rule
from loopwell.surveys.rules import languages_of


@dataclass(frozen=True)
class LeftOut:
    """How many candidates one exclusion takes out, and in which words."""

    reason: str
    label: str
    count: int


@dataclass(frozen=True)
class Reach:
    """How many customers match, who of them cannot be asked and why, and how many can."""

    matching: int
    left_out: tuple[LeftOut, ...]
    askable: int


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


def candidates(scope: Scope, wanted: CustomerFilter) -> QuerySet[Customer]:
    """Every customer of the scope that meets the filter, askable or not."""
    rows = Customer.objects.filter(scope.rows(account="account"))
    if wanted.unit:
        unit = units_within(scope).filter(ref=wanted.unit).first()
        rows = rows.filter(unit__path__startswith=unit.path) if unit else rows.none()
    if wanted.language:
        rows = rows.filter(language__istartswith=wanted.language)
    if wanted.kind:
        rows = rows.filter(account__isnull=wanted.kind == "consumers")
    if wanted.role:
        rows = rows.filter(decision_role=wanted.role)
    for number, (name, value) in enumerate(wanted.properties):
        alias = f"property_{number}"
        text_of = Coalesce(
            KeyTextTransform(name, "properties"), Value(""), output_field=TextField()
        )
        rows = rows.alias(**{alias: text_of}).filter(**{alias: value})
    if wanted.search:
        text = wanted.search.strip()
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(email__icontains=text)
            | Q(external_id__iexact=text)
            | Q(account__name__icontains=text)
        )
    return rows


def _judged(rows: QuerySet[Customer], asking: Asking) -> QuerySet[Any]:
    """Each candidate with `reason`: the first exclusion that holds, or ""."""
    whens = [When(each.condition(asking), then=Value(each.reason)) for each in EXCLUSIONS.values()]
    return rows.annotate(reason=Case(*whens, default=Value(""), output_field=CharField()))


def reach(rows: QuerySet[Customer], asking: Asking) -> Reach:
    """One query, whatever the number of customers."""
    counts = dict(
        _judged(rows, asking).order_by().values_list("reason").annotate(count=Count("pk"))
    )
    left_out = tuple(
        LeftOut(each.reason, str(each.label), counts[each.reason])
        for each in EXCLUSIONS.values()
        if counts.get(each.reason)
    )
    return Reach(sum(counts.values()), left_out, counts.get("", 0))


def askable_ids(rows: QuerySet[Customer], asking: Asking) -> list[int]:
    return list(_judged(rows, asking).filter(reason="").order_by("pk").values_list("pk", flat=True))


def sample(ids: Sequence[int], size: int | None, seed: int) -> list[int]:
    """A simple random sample without replacement; the same seed gives the same people."""
    if size is None or size >= len(ids):
        return list(ids)
    return sorted(random.Random(seed).sample(sorted(ids), size))  # noqa: S311 fair, not secret


def candidates_of(wave: Wave) -> QuerySet[Customer]:
    scope = Scope(everything=True) if wave.unit is None else Scope(paths=(wave.unit.path,))
    return candidates(scope, CustomerFilter.from_json(wave.filter))


def asking_of(wave: Wave, now: datetime) -> Asking:
    languages = () if wave.other_languages else tuple(sorted(wave.version.texts))
    return Asking(
        now=now,
        languages=languages,
        rules=rules_for(wave.version.survey.kind, wave.channel, wave=wave),
        wave_id=wave.pk,
        programme_id=wave.programme_id,
        channel=wave.channel,
    )


def rules_for(
    kind: str,
    channel: str,
    *,
    wave: Wave | None = None,
    programme: Programme | None = None,
) -> tuple[Rule, ...]:
    """The contact rules for this kind of survey and channel, the plan's exceptions taken out."""
    broken = ContactException.objects.filter(
        Q(wave=wave) & Q(wave__isnull=False) | Q(programme=programme) & Q(programme__isnull=False)
    ).values("after")
    rows = ContactRule.objects.filter(kind__in=["", kind], channel__in=["", channel])
    return tuple(Rule(After(each.after), each.days) for each in rows.exclude(after__in=broken))


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
    rows = (
        Invitation.objects.filter(wave__in=[wave.pk for wave in waves], is_test=False)
        .order_by()
        .values("wave_id")
        .annotate(
            planned=Count("pk"),
            sent=Count("sent_at"),
            bounced=Count("bounced_at", filter=Q(sent_at__isnull=False)),
            declined=Count("declined_at"),
            answered=Count("answered_at"),
        )
    )
    return {
        row["wave_id"]: Progress(
            row["planned"], row["sent"], row["bounced"], row["declined"], row["answered"]
        )
        for row in rows
        if row["wave_id"] is not None
    }


def filter_choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What a sending can be filtered by: units, languages that occur, properties."""
    languages = (
        Customer.objects.filter(actor.within(Right.RUN_SURVEYS).rows(account="account"))
        .exclude(language="")
        .order_by("language")
        .values_list("language", flat=True)
        .distinct()
    )
    return {
        "units": [(unit.ref, unit.name) for unit in units_within(actor.within(Right.RUN_SURVEYS))],
        "languages": [(code, code) for code in languages],
        "properties": list(Property.objects.values_list("name", "label")),
    }


def examples(wave: Wave, now: datetime) -> dict[str, Customer]:
    """For each language of the survey a customer who would read it; some may have none."""
    rows = _judged(candidates_of(wave), asking_of(wave, now)).filter(reason="")
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
