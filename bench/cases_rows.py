"""Which rows does the benchmark of cases need: a company with very many of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import Membership, Unit, User
from loopwell.access.operations import create_unit, set_up_company
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Direction, Outcome, Result
from loopwell.cases.models import Attempt, Case, Closure, Letter, Rule
from loopwell.journal.models import Entry
from loopwell.kit.ids import new_ref
from loopwell.people.models import Account, Customer
from loopwell.responses.models import Response
from loopwell.surveys.models import Survey

AT_ONCE = 5000
LONG = 600


def fill(cases: int, branches: int) -> None:
    """Loads everything."""
    now = timezone.now()
    set_up_company(company="Bench", time_zone="UTC", name="Alice", email="a@bench.example",
                   password="benchmark only",  # noqa: S106 of a database thrown away
                   language="en")  # fmt: skip
    root = Unit.objects.get()
    units = [create_unit(actor=SYSTEM, name=f"Branch {n:03}", parent=root, kind="branch")
             for n in range(branches)]  # fmt: skip
    surveys = [Survey.objects.create(name=n, kind="relationship") for n in ("Common", "Rare")]
    rule = Rule.objects.first() or Rule.objects.create(name="Unhappy")
    owners = _people(units)
    with transaction.atomic():
        _rows(cases, now, units, owners, surveys, rule)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    long = Case.objects.filter(closed_at=None, owner=owners[7]).order_by("pk")[0]
    _long_history(long, owners[7], now)


def described() -> dict[str, Any]:
    """The people and references the measurements use."""
    agent = User.objects.get(email="u7@bench.example")
    long, other = Case.objects.filter(closed_at=None, owner=agent).order_by("pk")[:2]
    account, rule = Account.objects.first(), Rule.objects.first()
    return {
        "agent": agent,
        "supervisor": User.objects.get(email="s@bench.example"),
        "programme manager": User.objects.get(email="a@bench.example"),
        "refs": {
            "unit": Unit.objects.get(name="Branch 007").ref,
            "owner": agent.ref,
            "survey": Survey.objects.get(name="Rare").ref,
            "rule": rule.ref if rule else "",
            "account": account.ref if account else "",
        },
        "case": other.ref,
        "long": long.ref,
    }


def _people(units: list[Unit]) -> list[User]:
    """Two agents a branch, and a supervisor over one of them."""
    owners = User.objects.bulk_create(
        User(email=f"u{n}@bench.example", name=f"Agent {n}", ref=new_ref(), unit=unit)
        for n, unit in enumerate([*units, *units])
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=user.unit, role=Role.FRONT_LINE) for user in owners
    )
    supervisor = User.objects.create(email="s@bench.example", name="Sam", unit=units[7])
    Membership.objects.create(user=supervisor, unit=units[7], role=Role.SUPERVISOR)
    return owners


def _rows(
    cases: int,
    now: datetime,
    units: list[Unit],
    owners: list[User],
    surveys: list[Survey],
    rule: Rule,
) -> None:
    accounts = Account.objects.bulk_create(
        [Account(name=f"Company {n}", unit=units[n % len(units)], revenue=(n * 7919) % 900_000)
         for n in range(max(cases // 40, 1))], batch_size=AT_ONCE)  # fmt: skip
    numbers = iter(range(cases))
    while chunk := list(islice(numbers, AT_ONCE)):
        customers = Customer.objects.bulk_create(
            Customer(name=f"Customer {n}", email=f"c{n}@bench.example", phone=f"+380{n:09}",
                     language="pl" if n % 500 == 3 else "uk" if n % 5 else "en",
                     unit=units[n % len(units)], account=accounts[n % len(accounts)]
                     if n % 10 == 0 else None)
            for n in chunk)  # fmt: skip
        answers = Response.objects.bulk_create(
            Response(customer=who, survey=surveys[n % 800 == 1], kind="relationship",
                     score=n % 9, comment="It took far too long to get an answer. " * (n % 4),
                     unit=who.unit, account=who.account, answered_at=now - _age(n, cases),
                     source="import", updated_at=now)
            for n, who in zip(chunk, customers, strict=True))  # fmt: skip
        made = Case.objects.bulk_create(
            _case(n, answer, now, cases, owners, units, rule)
            for n, answer in zip(chunk, answers, strict=True)
        )
        _work(chunk, made)


def _age(n: int, cases: int) -> timedelta:
    return timedelta(days=730 * (1 - n / cases), hours=1)


def _case(
    n: int,
    answer: Any,
    now: datetime,
    cases: int,
    owners: list[User],
    units: list[Unit],
    rule: Rule,
) -> Case:
    """The last tenth is open; most of it is to be called, a part waits for another try."""
    opened, is_open = answer.answered_at, n >= cases * 0.9
    waits = is_open and n % 5 == 0
    return Case(
        response=answer, customer=answer.customer, account=answer.account, unit=answer.unit,
        rule=rule, owner=owners[n % len(units) + len(units) * (n // len(units) % 2)],
        priority=1 if n % 20 == 0 else 2, score=answer.score, comment_seen=True,
        opened_at=opened, due_at=opened + timedelta(days=60 if is_open else 1),
        next_step_at=now + timedelta(days=1) if waits else opened,
        reached_at=opened + timedelta(hours=5) if n % 7 == 0 or not is_open else None,
        closed_at=None if is_open else opened + timedelta(days=2),
    )  # fmt: skip


def _work(chunk: list[int], made: list[Case]) -> None:
    pairs = list(zip(chunk, made, strict=True))
    Attempt.objects.bulk_create(
        Attempt(case=case, outcome=Outcome.NO_ANSWER, by_id=case.owner_id, at=case.opened_at)
        for n, case in pairs if n % 2)  # fmt: skip
    Closure.objects.bulk_create(
        Closure(case=case, result=Result.SOLVED, learnt="The courier lost it.", at=case.closed_at,
                churn_risk="gone" if n % 50 == 0 else "low" if n % 2 else "",
                by_id=case.owner_id)
        for n, case in pairs if case.closed_at)  # fmt: skip
    Letter.objects.bulk_create(
        Letter(case=case, direction=Direction.IN, address="c@bench.example", subject="Re: sorry",
               text="Thank you.", message_id=f"<{case.ref}@bench.example>", at=case.opened_at)
        for n, case in pairs if n % 40 == 0)  # fmt: skip
    Entry.objects.bulk_create(_entries(pairs), batch_size=AT_ONCE)


def _entries(pairs: list[tuple[int, Case]]) -> Iterator[Entry]:
    for _n, case in pairs:
        yield Entry(type="case.opened", at=case.opened_at, actor="system", subject="case",
                    subject_id=case.pk, payload={"score": case.score})  # fmt: skip


def _long_history(case: Case, by: User, now: datetime) -> None:
    attempts = Attempt.objects.bulk_create(
        Attempt(case=case, outcome=Outcome.BUSY, note=f"Try {n}", by=by, at=now)
        for n in range(LONG)
    )
    Entry.objects.bulk_create(
        Entry(type="case.attempted", at=now, actor=f"user:{by.ref}", subject="case",
              subject_id=case.pk, payload={"attempt": row.pk, "outcome": row.outcome})
        for row in attempts)  # fmt: skip
