"""Who are the candidates of a round of deciding, and what is looked at in each?

A pool is a queryset, never rows in memory: each candidate with `reason` (the first thing that
stands against asking, or ""), and expressions for its lot and for the groups it belongs to.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from loopwell.people.models import Customer, Interaction
from loopwell.sampling.models import Decision, Programme, Run, Wave
from loopwell.sampling.queries.customers import judged
from loopwell.sampling.queries.plans import asking_of, candidates_of
from loopwell.sampling.queries.touched import touched_by, touched_of_customer
from loopwell.sampling.rules import DUPLICATE, EXPIRED, Rule

UNIT = "unit"


class Lot(Func):
    """MD5 of "seed:ref" as 32 hex digits: the same lot for the same candidate on any database.

    Collated by bytes on PostgreSQL: quicker, and independent of the server's language.
    """

    template = "MD5(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()

    def __init__(self, seed: int, ref: str) -> None:
        super().__init__(Value(f"{seed}:", output_field=TextField()), F(ref))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(
            compiler, connection, template='(MD5(%(expressions)s) COLLATE "C")', **extra
        )


@dataclass(frozen=True)
class Pool:
    """`rows` are customers, or interactions where `about` says so."""

    rows: QuerySet[Any]
    seed: int
    about: bool = False

    def lot(self) -> Lot:
        return Lot(self.seed, "ref")

    def group(self, by: str) -> Any:
        """The text of the group a candidate is in: unit id, a property's value, or all in one."""
        if not by:
            return Value("", output_field=TextField())
        if by == UNIT:
            unit: Any = Coalesce("unit_id", "customer__unit_id") if self.about else F("unit_id")
            return Coalesce(Cast(unit, TextField()), Value(""), output_field=TextField())
        own = [KeyTextTransform(by, "properties")]
        if self.about:
            own.append(KeyTextTransform(by, "customer__properties"))
        return Coalesce(*own, Value(""), output_field=TextField())


def pool_of_wave(wave: Wave, now: datetime, *, rules: tuple[Rule, ...] | None = None) -> Pool:
    """Of a cycle: those not asked in it yet."""
    rows = candidates_of(wave)
    if wave.programme_id is not None:
        rows = rows.exclude(invitations__wave=wave)
    return Pool(judged(rows, asking_of(wave, now, rules)), wave.seed)


def pool_of_programme(
    programme: Programme, now: datetime, *, rules: tuple[Rule, ...] | None = None, seed: int = 0
) -> Pool:
    """Every customer a relationship programme looks at, as if its cycle began now."""
    return Pool(judged(candidates_of(programme), asking_of(programme, now, rules)), seed)


def due_interactions(
    programme: Programme,
    now: datetime,
    *,
    newer_than: int = 0,
    run: Run | None = None,
    of_customer: bool = False,
) -> QuerySet[Interaction]:
    """Known since the start, their delay over, and not decided upon before this run.

    Those that expired long ago were written down as expired when they came; only interactions
    with ids above `newer_than` are looked at for that again. `of_customer`: those of the customer
    of an outer query.
    """
    started = programme.started_at or now
    touched = touched_of_customer(programme) if of_customer else touched_by(programme)
    rows = touched.filter(
        Q(at__gte=started) | Q(created_at__gte=started),
        Q(at__gt=expired_before(programme, now)) | Q(pk__gt=newer_than),
        at__lte=now - timedelta(minutes=programme.delay_minutes),
    )
    known = Decision.objects.filter(programme=programme, interaction=OuterRef("pk"))
    return rows.filter(~Exists(known.exclude(run=run) if run else known))


def expired_before(programme: Programme, now: datetime) -> datetime:
    return now - timedelta(hours=programme.expires_hours)


def pool_of_interactions(
    programme: Programme,
    rows: QuerySet[Interaction],
    now: datetime,
    *,
    beside: QuerySet[Interaction],
    seed: int,
    rules: tuple[Rule, ...] | None = None,
    imagined_id: int | None = None,
) -> Pool:
    """Interactions with the reason against asking about each: too long ago, a newer one of the
    same customer in the same round (`beside` are the round's, of the outer query's customer), then
    what stands against the customer. With `imagined_id`, for a simulation, nothing is too old and
    what the programme of that id did so far does not count."""
    customer = Customer.objects.filter(pk=OuterRef("customer_id"))
    asking = replace(asking_of(programme, now, rules), imagined_id=imagined_id)
    reasons = judged(customer, asking).order_by().values("reason")[:1]
    newer = beside.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    whens = [When(Exists(newer), then=Value(DUPLICATE))]
    if imagined_id is None:
        old = Q(at__lte=expired_before(programme, now))
        whens.insert(0, When(old, then=Value(EXPIRED)))
    found = rows.annotate(reason=Case(*whens, default=Subquery(reasons), output_field=CharField()))
    return Pool(found, seed, about=True)
