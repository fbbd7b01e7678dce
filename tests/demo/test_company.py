"""Is the demo company complete, consistent and the same every time?"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta

import pytest

from loopwell.demo.company import generate
from loopwell.demo.records import Company

from .conftest import NOW


def digest(company: Company) -> str:
    return hashlib.sha256(repr(company).encode()).hexdigest()


def moments(thing: object) -> Iterator[datetime]:
    """Every datetime anywhere inside a record."""
    if isinstance(thing, datetime):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from moments(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from moments(getattr(thing, field.name))


def test_same_seed_and_moment_give_the_same_company(small: Company) -> None:
    again = generate(now=NOW, scale=0.01)

    assert digest(again) == digest(small)


def test_another_seed_gives_another_company(small: Company) -> None:
    assert digest(generate(now=NOW, scale=0.01, seed=8)) != digest(small)


def test_it_is_made_in_five_seconds() -> None:
    started = time.process_time()

    generate(now=NOW)

    assert time.process_time() - started < 5


def test_volumes(company: Company) -> None:
    kinds = Counter(unit.kind for unit in company.units)
    assert kinds["company"] == 1
    assert kinds["region"] == 4
    assert sum(kinds.values()) - 5 == 40
    assert 140 <= len(company.employees) <= 160
    assert len(company.accounts) == 120
    assert sum(customer.account_index is None for customer in company.customers) == 30_000
    assert 92_000 <= len(company.invitations) <= 98_000
    assert 14_000 <= len(company.answers) <= 16_000


def test_every_account_has_three_to_six_contacts_and_one_who_decides(company: Company) -> None:
    contacts = [one for one in company.customers if one.account_index is not None]
    sizes = Counter(contact.account_index for contact in contacts)
    deciders = Counter(c.account_index for c in contacts if c.role_in_decision == "decides")

    assert set(sizes) == set(range(120))
    assert set(sizes.values()) == {3, 4, 5, 6}
    assert set(deciders.values()) == {1}
    assert len(deciders) == 120


def test_references_point_to_what_exists(company: Company) -> None:
    units = {unit.key for unit in company.units}
    people = {person.key for person in company.employees}
    causes = {cause.slug for cause in company.causes}
    customers = range(len(company.customers))

    assert {unit.parent for unit in company.units} - units == {None}
    assert {person.unit for person in company.employees} <= units
    assert {person.manager for person in company.employees} - people == {None}
    assert {account.owner for account in company.accounts} <= people
    assert {customer.unit for customer in company.customers} <= units
    assert all(one.customer_index in customers for one in company.interactions)
    assert {one.employee for one in company.interactions} - people == {None}
    assert {one.unit for one in company.invitations} <= units
    assert {slug for answer in company.answers for slug in answer.causes} <= causes
    assert {case.owner for case in company.cases} <= people
    assert {fix.cause for fix in company.fixes} <= causes
    assert {key for fix in company.fixes for step in fix.steps for key in step.units} <= units


def test_managers_stand_before_those_they_manage(company: Company) -> None:
    seen: set[str | None] = {None}
    for person in company.employees:
        assert person.manager in seen
        seen.add(person.key)


def test_an_invitation_follows_its_interaction_and_an_answer_its_invitation(
    company: Company,
) -> None:
    answered = set()
    for invitation in company.invitations:
        if invitation.interaction_index is not None:
            interaction = company.interactions[invitation.interaction_index]
            assert interaction.customer_index == invitation.customer_index
            assert interaction.touchpoint == invitation.programme
            assert interaction.happened_at < invitation.sent_at
    for answer in company.answers:
        invitation = company.invitations[answer.invitation_index]
        assert invitation.status == "answered"
        assert answer.customer_index == invitation.customer_index
        assert invitation.sent_at < answer.answered_at
        answered.add(answer.invitation_index)
    assert len(answered) == len(company.answers)
    assert len(answered) == sum(one.status == "answered" for one in company.invitations)


def test_nobody_is_asked_before_joining_without_consent_or_twice_in_three_weeks(
    company: Company,
) -> None:
    last: dict[int, datetime] = {}
    for invitation in company.invitations:
        customer = company.customers[invitation.customer_index]
        assert customer.consents_to_email
        assert customer.customer_since <= invitation.sent_at.date()
        before = last.get(invitation.customer_index)
        assert before is None or (invitation.sent_at - before).days >= 21
        last[invitation.customer_index] = invitation.sent_at


def test_mail_addresses_and_phones_are_nobodys_and_unique(company: Company) -> None:
    mails = [one.email for one in (*company.customers, *company.employees)]
    phones = [one.phone for one in (*company.customers, *company.employees) if one.phone]

    assert len(set(mails)) == len(mails)
    assert all(mail.endswith(".example") and mail.isascii() for mail in mails)
    assert len(set(phones)) == len(phones)
    assert all(phone[:2] == "+1" and phone[5:10] == "55501" for phone in phones)


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2027, 3, 1, 0, 5, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
        datetime(2026, 8, 31, 9, 0, tzinfo=UTC),
    ],
)
def test_nothing_lies_in_the_future_whenever_it_is_made(now: datetime) -> None:
    made = generate(now=now, scale=0.05)

    for name in ("interactions", "invitations", "answers", "cases"):
        due = {case.due_at for case in made.cases}
        late = [at for at in moments(getattr(made, name)) if at > now and at not in due]
        assert late == [], name
    assert all(at.tzinfo is UTC for at in moments(made.answers))
    newest = max(answer.answered_at for answer in made.answers)
    assert (now - newest).days < 3


def test_whom_newcomers_call_as_has_somebody_to_call_at_any_hour() -> None:
    for hours in (0, 40, 64, 85):
        made = generate(now=NOW + timedelta(hours=hours))
        caller = next(each.key for each in made.employees if each.role == "call-back")
        mine = [c for c in made.cases if c.owner == caller and c.state != "closed"]
        assert len(mine) >= 3, hours
