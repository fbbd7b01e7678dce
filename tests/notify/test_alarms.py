"""Is the right person told once, in their language, and does a failure show?"""

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from loopwell.cases.enums import Result
from loopwell.cases.models import Case
from loopwell.cases.operations import Interview, close_case, reassign_case, reopen_case
from loopwell.jobs.running import strike
from loopwell.journal.models import Cursor
from loopwell.journal.reading import consume_all
from loopwell.notify.models import Dispatch
from loopwell.notify.queries import alarms_of_case, troubled
from loopwell.notify.sending import send_alarms
from tests import factories
from tests.cases.conftest import Answer
from tests.conftest import NOW, Company

MINUTE = timedelta(minutes=1)


class PostOffice:
    """A real mail server; `says` is its answer to a message, in place of taking it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.says = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 aiosmtpd's name
        if self.says:
            return self.says
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[PostOffice]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = PostOffice()
    server = Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TO_FILES = False
    settings.BASE_URL = "https://nps.acme.example"
    yield office
    server.stop()


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_the_owner_reads_everything_for_the_call(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    anna = factories.customer(name="Anna Kowalska", phone="+48 600 100 200", unit=company.north)
    answer(customer=anna, comment="Nobody called me <back>.")
    assert strike(NOW) > 0
    (mail,) = post.mails
    case = Case.objects.get()
    assert mail["Subject"] == "3 from Anna Kowalska at North: call before Fri 16:00"
    assert mail["To"] == "mark@acme.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    link = f"https://nps.acme.example/cases/{case.ref}/"
    for fact in ("Anna Kowalska", "Nobody called me <back>.", "+48 600 100 200", link, "North"):
        assert fact in part(mail, "plain")
    assert "Nobody called me &lt;back&gt;." in part(mail, "html")
    assert 'href="tel:+48600100200"' in part(mail, "html")
    assert link in part(mail, "html")
    send_alarms(NOW + MINUTE)
    Cursor.objects.filter(consumer="notify").update(xid=0, entry_id=0)
    consume_all(now=NOW)
    send_alarms(NOW + MINUTE)
    assert len(post.mails) == 1
    assert [a.sent_at for a in alarms_of_case(company.actor("mark"), case.pk)] == [NOW]


def test_in_the_owners_language_and_time(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    company.mark.language, company.mark.time_zone = "pl", "Europe/Warsaw"
    company.mark.save()
    answer(comment="Źle")
    send_alarms(NOW)
    assert "17:00" in post.mails[0]["Subject"]
    assert 'lang="pl"' in part(post.mails[0], "html")


def test_a_score_waits_a_moment_for_its_comment(
    answer: Answer,
    post: PostOffice,
) -> None:
    given = answer(comment="")
    send_alarms(NOW + timedelta(seconds=5))
    assert post.mails == []
    given.comment = "The courier was rude."
    given.save()
    send_alarms(NOW + timedelta(seconds=10))
    assert "The courier was rude." in part(post.mails[0], "plain")
    answer(comment="", at=NOW)
    send_alarms(NOW + MINUTE)
    assert "No comment was left." in part(post.mails[1], "plain")


def test_many_at_once_are_one_list(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    for number in range(6):
        answer(comment=f"Problem {number}")
    answer(comment="South", unit=company.south)
    send_alarms(NOW)
    by_person = {mail["To"]: mail for mail in post.mails}
    assert len(post.mails) == 2
    digest = by_person["mark@acme.example"]
    assert digest["Subject"] == "6 customers to call"
    for number in range(6):
        assert f"Problem {number}" in part(digest, "plain")
        assert f"Problem {number}" in part(digest, "html")
    assert by_person["oscar@acme.example"]["Subject"].startswith("3 from")
    assert Dispatch.objects.filter(sent_at=NOW).count() == 7


def test_five_are_still_five_mails(answer: Answer, post: PostOffice) -> None:
    for number in range(5):
        answer(comment=f"Problem {number}")
    send_alarms(NOW)
    assert len(post.mails) == 5


def test_who_gets_a_case_from_somebody_else_is_told(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    answer(comment="x")
    send_alarms(NOW)
    mark, case = company.actor("mark"), Case.objects.get()
    reassign_case(actor=mark, now=NOW, case=case, version=1, owner=company.fiona, reason="Away")
    reassign_case(actor=mark, now=NOW, case=case, version=2, owner=company.mark, reason="Back")
    consume_all(now=NOW)
    send_alarms(NOW)
    # Fiona has it no more; Mark took it himself and need not be told.
    assert [mail["To"] for mail in post.mails] == ["mark@acme.example"]
    reassign_case(actor=mark, now=NOW, case=case, version=3, owner=company.fiona, reason="Away")
    consume_all(now=NOW)
    send_alarms(NOW)
    assert [mail["To"] for mail in post.mails] == ["mark@acme.example", "fiona@acme.example"]
    assert "now yours" in part(post.mails[1], "plain")


def test_a_closed_case_alarms_nobody(answer: Answer, post: PostOffice, company: Company) -> None:
    answer(comment="x")
    close_case(
        actor=company.actor("mark"),
        now=NOW,
        case=Case.objects.get(),
        version=1,
        interview=Interview(result=Result.UNREACHABLE),
    )
    send_alarms(NOW)
    assert post.mails == []
    way = Dispatch.objects.get()
    assert (way.dropped_at, way.failed_at) == (NOW, None)
    assert "Not needed any more" in way.error
    assert troubled(company.actor("alice"), NOW).count() == 0


def test_a_temporary_failure_is_tried_again_and_shows(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    answer(comment="x")
    post.says = "451 try later"
    send_alarms(NOW)
    alarm = Dispatch.objects.get()
    assert (alarm.attempts, alarm.claimed_at, alarm.retry_at) == (1, None, NOW + MINUTE)
    assert "try later" in alarm.error
    assert list(troubled(company.actor("mark"), NOW)) == [alarm]
    assert list(troubled(company.actor("oscar"), NOW)) == []
    post.says = ""
    send_alarms(NOW + timedelta(seconds=30))
    assert post.mails == []
    send_alarms(NOW + MINUTE)
    assert len(post.mails) == 1
    assert list(troubled(company.actor("mark"), NOW)) == []


def test_a_permanent_failure_is_not_tried_again(answer: Answer, post: PostOffice) -> None:
    answer(comment="x")
    post.says = "550 no such person"
    send_alarms(NOW)
    alarm = Dispatch.objects.get()
    assert (alarm.failed_at, alarm.retry_at) == (NOW, None)


def test_no_mail_server_is_a_retry_and_after_five_an_error(
    answer: Answer,
    settings: Any,
    post: PostOffice,
) -> None:
    answer(comment="x")
    settings.EMAIL_PORT = 1
    at = NOW
    for _attempt in range(5):
        send_alarms(at)
        at += timedelta(hours=1)
    alarm = Dispatch.objects.get()
    assert alarm.attempts == 5
    assert alarm.failed_at is not None
    assert "refused" in alarm.error


def test_an_alarm_claimed_by_a_dead_worker_is_never_sent_again(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    answer(comment="x")
    Dispatch.objects.update(claimed_at=NOW)
    send_alarms(NOW + timedelta(days=1))
    assert post.mails == []
    assert troubled(company.actor("mark"), NOW + timedelta(days=1)).count() == 1


def test_who_cannot_be_told_is_an_error_to_see(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    answer(comment="x")
    company.mark.is_active = False
    company.mark.save()
    send_alarms(NOW)
    assert post.mails == []
    (alarm,) = troubled(company.actor("alice"), NOW)
    assert alarm.error == "Mark has left: give the case to somebody else."


def test_without_a_mail_server_each_mail_is_a_file(
    answer: Answer,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.OUTBOX_DIR, settings.EMAIL_TO_FILES = tmp_path, True
    answer(comment="x")
    answer(comment="y")
    assert send_alarms(NOW) == 2
    assert len(list(tmp_path.glob("alarm-*.eml"))) == 2


def test_a_case_opened_again_by_somebody_else_alarms_its_owner(
    answer: Answer,
    post: PostOffice,
    company: Company,
) -> None:
    answer(comment="x")
    case, fiona = Case.objects.get(), company.actor("fiona")
    done = Interview(result=Result.UNREACHABLE)
    close_case(actor=fiona, now=NOW, case=case, version=1, interview=done)
    send_alarms(NOW)
    reopen_case(actor=fiona, now=NOW, case=case, version=2, reason="She wrote again")
    consume_all(now=NOW)
    send_alarms(NOW)
    (mail,) = post.mails
    assert mail["To"] == "mark@acme.example"
    assert "the case was reopened" in part(mail, "plain")
