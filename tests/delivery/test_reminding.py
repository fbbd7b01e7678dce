"""Reminders: when, to whom, in which words, how often; personal ones count and postpone."""

from datetime import datetime, timedelta

import pytest

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM, Actor
from loopwell.cases.models import Case
from loopwell.delivery.models import Message, Nudge
from loopwell.delivery.nudging import nudge, silent_contacts
from loopwell.delivery.reminding import remind_due
from loopwell.delivery.sending import send_waiting
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, NotFound
from loopwell.sampling.models import Invitation, OptOut, Programme
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import TEXTS, launched
from tests.delivery.mail_server import mail_server

DAY = timedelta(days=1)


@pytest.fixture
def asked(company: Company, now: datetime) -> Invitation:
    """One contact of an account, invited by a sending with reminders on day 7 and 21."""
    client = factories.account(unit=company.north)
    person = factories.customer(email="ann@mail.example", name="Ann", account=client)
    launched(company, now, person, reminders=[7, 21])
    with mail_server():
        send_waiting(now)
    return Invitation.objects.get()


def reminded(at: datetime) -> list[str]:
    """Subjects of what leaves then."""
    remind_due(at)
    remind_due(at)
    with mail_server() as box:
        send_waiting(at)
    return [str(mail["Subject"]) for mail in box.mails]


def test_two_reminders_on_their_days(asked: Invitation, now: datetime) -> None:
    assert reminded(now + 6.9 * DAY) == []
    assert len(reminded(now + 7 * DAY)) == 1
    assert reminded(now + 20 * DAY) == []
    assert len(reminded(now + 21 * DAY)) == 1
    assert reminded(now + 30 * DAY) == []

    asked.refresh_from_db()
    assert (asked.reminders_sent, asked.reminded_at) == (2, now + 21 * DAY)
    rows = Message.objects.filter(purpose="reminder").order_by("number")
    assert [each.number for each in rows] == [1, 2]


def test_a_programme_reminds_too_and_not_after_its_end(company: Company, now: datetime) -> None:
    version = factories.version(texts=TEXTS)
    programme = Programme.objects.create(
        name="P", survey=version.survey, kind="transactional", reminders=[2], started_at=now
    )
    for _number in range(2):
        factories.invitation(version=version, programme=programme)
    assert remind_due(now + 2 * DAY) == 2
    Programme.objects.update(ended_at=now + 2 * DAY)
    with mail_server() as box:
        send_waiting(now + 2 * DAY)
    assert box.to == []
    assert remind_due(now + 3 * DAY) == 0


@pytest.mark.parametrize("moment", ["answered", "declined", "bounced", "complained"])
def test_who_has_answered_or_left_is_not_reminded(
    asked: Invitation, now: datetime, moment: str
) -> None:
    Invitation.objects.update(**{f"{moment}_at": now})
    assert remind_due(now + 7 * DAY) == 0


def test_people_somebody_looks_after_wait_until_it_is_done(
    asked: Invitation, now: datetime
) -> None:
    case = Case.objects.create(
        response=factories.response(customer=asked.customer), customer=asked.customer, score=3,
        opened_at=now, due_at=now + DAY, next_step_at=now + DAY,
    )  # fmt: skip
    assert remind_due(now + 7 * DAY) == 0
    case.closed_at = now + 8 * DAY
    case.save()
    OptOut.objects.create(customer=asked.customer)
    assert remind_due(now + 8 * DAY) == 0
    OptOut.objects.all().delete()
    assert remind_due(now + 8 * DAY) == 1


def test_those_who_opened_it_read_another_subject(asked: Invitation, now: datetime) -> None:
    assert reminded(now + 7 * DAY) == ["Ann, may we still have your opinion?"]
    Invitation.objects.update(delivered_at=now)
    assert reminded(now + 21 * DAY) == ["Ann, would you recommend Acme?"]


def test_the_second_reminder_may_have_its_own_words(asked: Invitation, now: datetime) -> None:
    words = {"en": {**TEXTS["en"], "reminder2_subject": "A last try, {name}"}}
    type(asked.version).objects.update(texts=words)
    assert reminded(now + 7 * DAY) == ["Ann, may we still have your opinion?"]
    assert reminded(now + 21 * DAY) == ["A last try, Ann"]


def owner(company: Company, asked: Invitation) -> Actor:
    user = create_user(
        actor=SYSTEM, email="olga@acme.example", name="Olga", unit=company.north,
        roles=[Role.ACCOUNT_MANAGER],
    )  # fmt: skip
    assert asked.customer.account is not None
    type(asked.customer.account).objects.update(owner=user)
    return actor_for(user)


def test_a_personal_reminder_postpones_the_automatic_one(
    company: Company, asked: Invitation, now: datetime
) -> None:
    olga = owner(company, asked)
    nudge(actor=olga, invitation_ref=asked.ref, now=now + 6 * DAY, note="met her")

    assert reminded(now + 12 * DAY) == []
    assert len(reminded(now + 13 * DAY)) == 1
    assert Nudge.objects.get().note == "met her"
    assert Entry.objects.filter(type="invitation.nudged").count() == 1


def test_all_kinds_together_have_a_limit(
    company: Company, asked: Invitation, now: datetime
) -> None:
    olga = owner(company, asked)
    for day in (1, 2):
        nudge(actor=olga, invitation_ref=asked.ref, now=now + day * DAY)
    assert len(reminded(now + 9 * DAY)) == 1

    with pytest.raises(Conflict):
        nudge(actor=olga, invitation_ref=asked.ref, now=now + 10 * DAY)
    assert reminded(now + 25 * DAY) == []


def test_only_the_owner_or_who_runs_surveys_there_sees_silent_contacts(
    company: Company, asked: Invitation, now: datetime
) -> None:
    olga = owner(company, asked)
    later = now + 6 * DAY
    for actor, seen in ((olga, 1), (company.actor("alice"), 1), (company.actor("oscar"), 0),
                        (company.actor("fiona"), 0)):  # fmt: skip
        assert len(silent_contacts(actor, later)) == seen
    found = silent_contacts(olga, later)[0]
    assert (found.is_due, found.days_left, found.left, found.silent_days) == (True, 29, 3, 6)
    with pytest.raises(NotFound):
        nudge(actor=company.actor("oscar"), invitation_ref=asked.ref, now=later)
