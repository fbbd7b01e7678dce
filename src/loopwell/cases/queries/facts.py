"""What do rules need to know of answers and of silences, in a few queries for any number?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from loopwell.cases.models import Rule
from loopwell.cases.rules import Facts
from loopwell.responses.call_times import KEY
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation
from loopwell.themes.models import Mention

COLUMNS = (
    "pk", "ref", "score", "contact_consent", "survey_id", "touchpoint", "unit__path",
    "customer__decision_role", "account__revenue", "comment", "customer_id", "unit_id",
)  # fmt: skip
SILENT_COLUMNS = (
    "pk", "ref", "version__survey_id", "touchpoint", "unit__path", "customer__decision_role",
    "account__revenue", "properties", "customer__properties", "customer_id", "unit_id",
)  # fmt: skip


def facts_of(rows: QuerySet[Response], rules: Iterable[Rule]) -> dict[int, Facts]:
    """By the answers' ids; what none of the rules looks at is left out."""
    known = list(rules)
    before = _previous(rows) if any(rule.dropped for rule in known) else {}
    themes = _themes(rows) if any(rule.themes for rule in known) else {}
    wished: set[int] = set()
    if any(rule.contact_requested for rule in known):
        asked = rows.filter(answers__has_key=KEY)
        wished = set(asked.order_by().values_list("pk", flat=True))
    segments: dict[int, Any] = {}
    if any(rule.property_name or rule.value_property for rule in known):
        columns = ("pk", "properties", "customer__properties")
        told = rows.order_by().values_list(*columns)
        segments = {pk: _together(of_customer, then) for pk, then, of_customer in told}
    found = {}
    for (
        pk, ref, score, consent, survey, touchpoint, path, role, revenue, comment, customer, unit,
    ) in rows.order_by().values_list(*COLUMNS):  # fmt: skip
        found[pk] = Facts(
            ref=ref,
            score=score,
            consent=consent,
            requested=consent is True or pk in wished,
            previous=before.get(pk),
            survey_id=survey,
            touchpoint=touchpoint,
            unit_path=path or "",
            decision_role=role or "",
            revenue=revenue,
            properties=segments.get(pk, {}),
            comment=comment,
            themes=themes.get(pk, frozenset()),
            customer_id=customer,
            unit_id=unit,
        )
    return found


def _together(of_customer: Mapping[str, str] | None, then: Mapping[str, str] | None) -> Any:
    """The customer's properties as they were when asked; what was not kept, as it is now."""
    return {**(of_customer or {}), **(then or {})}


def _previous(rows: QuerySet[Response]) -> dict[int, int]:
    """The score before each answer by the same customer in a survey of the same kind."""
    wanted = set(rows.order_by().values_list("pk", flat=True))
    history = (
        Response.objects.filter(
            customer_id__in=rows.order_by().values("customer_id"), is_test=False
        )
        .order_by("customer_id", "kind", "answered_at", "pk")
        .values_list("pk", "customer_id", "kind", "score")
    )
    found: dict[int, int] = {}
    last: tuple[Any, int] | None = None
    for pk, customer, kind, score in history:
        if pk in wanted and last is not None and last[0] == (customer, kind):
            found[pk] = last[1]
        last = ((customer, kind), score)
    return found


def _themes(rows: QuerySet[Response]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    told = Mention.objects.filter(response_id__in=rows.order_by().values("pk"))
    for pk, slug in told.values_list("response_id", "theme__slug"):
        found.setdefault(pk, set()).add(slug)
    return {pk: frozenset(slugs) for pk, slugs in found.items()}


def silent_facts(rows: QuerySet[Invitation]) -> Iterator[tuple[int, Facts]]:
    for (
        pk, ref, survey, touchpoint, path, role, revenue, then, of_customer, customer, unit,
    ) in rows.values_list(*SILENT_COLUMNS):  # fmt: skip
        yield (
            pk,
            Facts(
                ref=ref,
                survey_id=survey,
                touchpoint=touchpoint,
                unit_path=path or "",
                decision_role=role or "",
                revenue=revenue,
                properties=_together(of_customer, then),
                customer_id=customer,
                unit_id=unit,
            ),
        )
