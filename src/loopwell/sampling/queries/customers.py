"""Who matches a filter, and who of them can be asked?"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from loopwell.access.enums import Right
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor, Scope
from loopwell.people.models import Customer, Property
from loopwell.sampling.rules import EXCLUSIONS, Asking, CustomerFilter


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


def judged(rows: QuerySet[Customer], asking: Asking) -> QuerySet[Any]:
    """Each candidate with `reason`: the first exclusion that holds, or ""."""
    whens = [When(each.condition(asking), then=Value(each.reason)) for each in EXCLUSIONS.values()]
    return rows.annotate(reason=Case(*whens, default=Value(""), output_field=CharField()))


def reach(rows: QuerySet[Customer], asking: Asking) -> Reach:
    """One query, whatever the number of customers."""
    counts = dict(judged(rows, asking).order_by().values_list("reason").annotate(count=Count("pk")))
    left_out = tuple(
        LeftOut(each.reason, str(each.label), counts[each.reason])
        for each in EXCLUSIONS.values()
        if counts.get(each.reason)
    )
    return Reach(sum(counts.values()), left_out, counts.get("", 0))


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
