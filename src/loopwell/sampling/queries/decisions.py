"""Why was a candidate asked, or why not?"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.people.models import Customer
from loopwell.sampling.models import Decision, Programme, Run, Wave
from loopwell.sampling.queries.contact_rules import outcome_label

Row = tuple[str, ...]


def decisions(
    actor: Actor,
    *,
    customer: Customer | None = None,
    programme: Programme | None = None,
    wave: Wave | None = None,
    run: Run | None = None,
    outcome: str = "",
) -> QuerySet[Decision]:
    """Newest first, of customers in the part of the company where the actor runs surveys.

    `run` comes with each (its `at`, `programme` and `wave`), customer and interaction too.
    """
    if not actor.may(Right.RUN_SURVEYS):
        return Decision.objects.none()
    scope = actor.within(Right.RUN_SURVEYS)
    rows = Decision.objects.filter(scope.rows("customer__unit", account="customer__account"))
    for name, value in (("customer", customer), ("run", run)):
        if value is not None:
            rows = rows.filter(**{name: value})
    if programme is not None:
        rows = rows.filter(run__programme=programme)
    if wave is not None:
        rows = rows.filter(run__wave=wave)
    if outcome:
        rows = rows.filter(outcome=outcome)
    return rows.select_related(
        "customer", "interaction", "run__programme", "run__wave__programme"
    ).order_by("-id")


def runs(actor: Actor, *, programme: Programme | None = None) -> QuerySet[Run]:
    """Rounds of deciding, newest first, of plans in the actor's part of the company."""
    if not actor.may(Right.RUN_SURVEYS):
        return Run.objects.none()
    scope = actor.within(Right.RUN_SURVEYS)
    rows = Run.objects.filter(scope.rows("programme__unit") | scope.rows("wave__unit"))
    if programme is not None:
        rows = rows.filter(programme=programme)
    return rows.select_related("programme", "wave")


def decision_rows(rows: QuerySet[Decision], at_once: int = 2000) -> Iterator[Row]:
    """The log as a table, its header first; read in pieces, so that any length can be written."""
    yield (
        _("Time (UTC)"),
        _("Programme or sending"),
        _("Customer"),
        _("Customer’s id"),
        _("Contact"),
        _("Outcome"),
        _("Reason"),
    )
    for each in rows.iterator(chunk_size=at_once):
        plan = each.run.programme or each.run.wave
        yield (
            f"{each.run.at:%Y-%m-%d %H:%M:%S}",
            plan.name if plan else "",
            str(each.customer),
            each.customer.external_id or each.customer.ref,
            str(each.interaction) if each.interaction else "",
            each.outcome,
            outcome_label(each.outcome),
        )
