"""Are those who raised a problem told that it was solved: the right ones, once, after a review?"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loopwell.cases.enums import Outcome, Result
from loopwell.cases.models import Attempt, Case, Closure, StrayMail
from loopwell.delivery.enums import Reason
from loopwell.delivery.models import Suppression
from loopwell.delivery.transports import Outcome as Left
from loopwell.delivery.transports import Result as Reply
from loopwell.delivery.transports import Unreachable
from loopwell.huddles.models import Issue, Supporter
from loopwell.initiatives.enums import NotTold
from loopwell.initiatives.jobs import try_again
from loopwell.initiatives.models import Initiative, Telling, Told
from loopwell.initiatives.operations import posting, telling
from loopwell.initiatives.queries.naming import namers, raisers
from loopwell.initiatives.queries.telling import tally
from loopwell.initiatives.rules.telling import SALT
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.journal.reading import consume_all
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.notify.queries import inbox, tidings
from loopwell.people.models import Customer
from loopwell.responses.models import Response
from loopwell.sampling.links import token_of
from loopwell.sampling.models import OptOut
from loopwell.surveys.enums import SurveyKind
from loopwell.themes.enums import MentionSource, Sentiment
from loopwell.themes.models import Mention, Theme
from tests import factories
from tests.conftest import NOW, Company
from tests.initiatives.help import theme

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 2, 1)
EARLIER = datetime(2026, 1, 10, 12, tzinfo=UTC)
WORDS = {
    "en": ("You were heard", "Dear {customer}, deliveries in {unit} come on time. {agent}"),
    "pl": ("Wysłuchaliśmy", "Dzień dobry, {customer}"),
}


@pytest.fixture
def slots(company: Company) -> Initiative:
    """Begun in North, meant for the whole company."""
    made = Initiative.objects.create(
        title="Slots", currency="EUR", state="running", owner=company.mark
    )
    made.themes.add(theme())
    made.roll_outs.create(unit=company.north, on=BEGAN)
    return made


def named(company: Company, of: Theme | None = None, **fields: Any) -> Response:
    source = fields.pop("source_of_mention", MentionSource.CODER)
    sentiment = fields.pop("sentiment", None)
    facts = {"unit": company.north, "answered_at": EARLIER, "contact_consent": True} | fields
    answer = factories.response(**facts)
    Mention.objects.create(
        response=answer, theme=of or theme(), source=source, weight=Decimal(100),
        sentiment=sentiment,
    )  # fmt: skip
    return answer


def approved(company: Company, made: Initiative) -> Telling:
    telling.write_message(
        actor=company.actor("mark"), now=NOW, initiative=made, version=0, words=WORDS
    )
    return telling.approve_message(
        actor=company.actor("alice"), now=NOW, initiative=made, version=1
    )


def told(company: Company, made: Initiative, now: datetime = NOW) -> Telling:
    row = approved(company, made)
    telling.start_telling(actor=company.actor("mark"), now=now, initiative=made, version=1)
    run_all(now)
    return row


def outbox(folder: Any) -> list[str]:
    return [each.read_bytes().decode() for each in sorted(Path(folder).glob("told-*.eml"))]


def test_only_who_named_it_there_and_before_and_agreed_is_told(
    company: Company, slots: Initiative
) -> None:
    ready = named(company)
    twice = named(company)
    named(company, customer=twice.customer, answered_at=EARLIER + timedelta(days=2))
    below = Theme.objects.create(slug="slots", names={"en": "Slots"}, kind="defect", parent=theme())
    child = named(company, of=below)
    named(company, contact_consent=None)
    changed = named(company)
    factories.response(
        customer=changed.customer, contact_consent=False, answered_at=EARLIER + timedelta(days=9)
    )
    refused = named(company)
    case = Case.objects.create(
        response=refused, customer=refused.customer, score=2, opened_at=EARLIER, due_at=EARLIER,
        next_step_at=EARLIER,
    )  # fmt: skip
    Attempt.objects.create(case=case, outcome=Outcome.REFUSED, at=EARLIER + timedelta(days=1))
    named(company, customer=factories.customer(email=None))
    left = named(company)
    OptOut.objects.create(customer=left.customer)
    for reason in (Reason.UNSUBSCRIBED, Reason.BOUNCED, Reason.MANUAL):
        listed = named(company).customer
        assert listed is not None
        assert listed.email is not None
        Suppression.objects.create(address=listed.email, reason=reason)
    named(company, answered_at=datetime(2026, 2, 1, 12, tzinfo=UTC))
    named(company, unit=company.south)
    named(company, unit=None)
    named(company, sentiment=Sentiment.POSITIVE)
    named(company, survey=factories.survey(kind=SurveyKind.BENCHMARK))
    named(company, is_test=True)
    Response.objects.filter(pk=named(company).pk).update(customer=None)

    found = namers(slots, NOW.date())

    assert {each.customer for each in found.reachable} == {
        ready.customer_id, twice.customer_id, child.customer_id
    }  # fmt: skip
    assert found.left_out == {
        NotTold.NO_CONSENT: 3, NotTold.NO_ADDRESS: 1, NotTold.OPTED_OUT: 2, NotTold.SUPPRESSED: 2
    }  # fmt: skip
    assert (found.elsewhere, found.nameless, found.agreed) == (2, 1, 8)
    early = namers(slots, BEGAN - timedelta(days=1))
    assert (list(early.reachable), early.agreed) == ([], 0)


def test_colleagues_who_raised_it_or_found_it_in_calls(company: Company, slots: Initiative) -> None:
    issue = Issue.objects.create(unit=company.north, title="Late", text="x", by=company.fiona)
    other = Issue.objects.create(title="x", text="x", by=company.oscar, joined_to=issue)
    Supporter.objects.create(issue=other, user=company.alice)
    slots.issue = issue
    slots.save()
    for unit, at in ((company.north, EARLIER), (company.south, EARLIER), (company.north, NOW)):
        answer = named(
            company, unit=unit, answered_at=at, source_of_mention=MentionSource.INTERVIEWER
        )
        who = {company.north: company.mark, company.south: company.oscar}[unit]
        case = Case.objects.create(
            response=answer, customer=answer.customer, unit=unit, score=2, opened_at=at, due_at=at,
            next_step_at=at,
        )  # fmt: skip
        by = who if at == EARLIER else company.oscar
        Closure.objects.create(case=case, result=Result.SOLVED, learnt="x", by=by, at=at)
    assert raisers(slots, NOW.date()) == [
        company.alice, company.mark, company.fiona, company.oscar
    ]  # fmt: skip
    slots.issue = None
    slots.save()
    assert raisers(slots, NOW.date()) == [company.mark]
    company.mark.is_active = False
    company.mark.save()
    assert raisers(slots, NOW.date()) == []


def test_whoever_wrote_it_does_not_approve_it_and_a_change_ends_the_approval(
    company: Company, slots: Initiative
) -> None:
    named(company)
    facts: dict[str, Any] = {"now": NOW, "initiative": slots}
    alice, mark = company.actor("alice"), company.actor("mark")
    with pytest.raises(Conflict):
        telling.approve_message(actor=alice, **facts, version=0)
    telling.write_message(actor=alice, **facts, version=0, words=WORDS)
    with pytest.raises(Forbidden, match="Somebody else"):
        telling.approve_message(actor=alice, **facts, version=1)
    with pytest.raises(Forbidden):
        telling.approve_message(actor=mark, **facts, version=1)  # decides nothing company-wide
    with pytest.raises(Conflict, match="approve"):
        telling.start_telling(actor=mark, **facts, version=1)
    telling.write_message(actor=mark, **facts, version=1, words=WORDS)
    with pytest.raises(Conflict):
        telling.approve_message(actor=alice, **facts, version=1)  # not what was read
    row = telling.approve_message(actor=alice, **facts, version=2)
    assert (row.by, row.approved_by, row.approved_at) == (company.mark, company.alice, NOW)
    again = telling.write_message(actor=mark, **facts, version=2, words={"en": WORDS["en"]})
    assert (again.approved_by, again.approved_at, again.version) == (None, None, 3)
    assert Told.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({}, "text_en"),
        ({"en": ("", "Text")}, "subject_en"),
        ({"pl": ("About", "")}, "text_pl"),
        ({"en": ("About", "Dear {name}")}, "text_en"),
        ({"en": ("About", "Case {case}")}, "text_en"),
    ],
)
def test_words_that_cannot_be_sent(
    company: Company, slots: Initiative, words: dict[str, tuple[str, str]], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        telling.write_message(
            actor=company.actor("mark"), now=NOW, initiative=slots, version=0, words=words
        )
    assert set(refused.value.fields) == {field}


def test_each_reads_their_language_once_and_can_leave(
    client: Client, company: Company, slots: Initiative, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_TO_FILES, settings.OUTBOX_DIR = True, tmp_path
    anna = factories.customer(name="Anna", email="anna@mail.example")
    jan = factories.customer(name="Jan", email="jan@mail.example", language="pl")
    olga = factories.customer(name="Olga", email="olga@mail.example", language="uk")
    for each in (anna, jan, olga):
        named(company, customer=each)
    row = told(company, slots)
    mails = {mail.partition("\r\nTo: ")[2].partition("\r\n")[0]: mail for mail in outbox(tmp_path)}
    assert set(mails) == {"anna@mail.example", "jan@mail.example", "olga@mail.example"}
    assert "Dear Anna, deliveries in North come on time. Mark" in mails["anna@mail.example"]
    assert "Content-Language: pl" in mails["jan@mail.example"]
    assert "Subject: You were heard" in mails["olga@mail.example"]  # no words in Ukrainian
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mails["anna@mail.example"]
    assert tally(row, NOW).told == 3

    with pytest.raises(Conflict, match="nobody to tell"):
        telling.start_telling(actor=company.actor("mark"), now=NOW, initiative=slots, version=1)
    posting.list_receivers(row, NOW)
    assert posting.send_told(row, NOW, lambda: None) == 0
    assert len(outbox(tmp_path)) == 3

    page = f"/told/{token_of(Told.objects.get(customer=anna).ref, salt=SALT)}/"
    assert client.get(page).status_code == 200
    assert OptOut.objects.count() == 0
    assert page in mails["anna@mail.example"]
    for _again in range(2):
        assert "We will not write to you again" in client.post(page).content.decode()
    assert list(OptOut.objects.values_list("customer", "programme")) == [(anna.pk, None)]
    assert Suppression.objects.get().address == "anna@mail.example"
    assert client.get(f"/told/{'x' * 34}/").status_code == 404

    StrayMail.objects.create(
        message_id="<1@x>", sender="jan@mail.example", why="x", at=NOW + timedelta(hours=1)
    )
    StrayMail.objects.create(
        message_id="<2@x>", sender="anna@mail.example", why="x", at=NOW - timedelta(hours=1)
    )
    assert tally(row, NOW).answered == 1


def test_who_leaves_between_the_list_and_the_mail_is_not_written_to(
    company: Company, slots: Initiative, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_TO_FILES, settings.OUTBOX_DIR = True, tmp_path
    answer = named(company)
    row = approved(company, slots)
    posting.list_receivers(row, NOW)
    OptOut.objects.create(customer=answer.customer)
    assert posting.send_told(row, NOW, lambda: None) == 0
    assert outbox(tmp_path) == []
    counts = tally(row, NOW)
    assert (counts.told, counts.failed, counts.waiting) == (0, 1, 0)


class Broken:
    """A mail server that says one thing after the other."""

    limited = False

    def __init__(self, replies: list[Any]) -> None:
        self.replies = replies

    def open(self) -> None:
        if isinstance(self.replies[0], Exception):
            raise self.replies.pop(0)

    def close(self) -> None: ...

    def send(self, _mail: Any, _ref: str) -> Reply:
        """It hangs up after it asked for patience."""
        said = self.replies.pop(0)
        return Reply(said, "the server said so", broken=said is Left.LATER)


def test_what_the_mail_server_says_is_counted(
    company: Company, slots: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(5):
        named(company)
    server = Broken(
        [Left.SENT, Left.BAD_ADDRESS, Left.UNSURE, Left.LATER, Unreachable("no line"), Left.SENT,
         Left.SENT]
    )  # fmt: skip
    monkeypatch.setattr(posting, "configured", lambda: server)
    row = told(company, slots)
    counts = tally(row, NOW)
    assert (counts.told, counts.failed, counts.unsure, counts.waiting) == (1, 1, 1, 2)
    assert Suppression.objects.get().reason == Reason.BOUNCED
    assert try_again(NOW) == 0  # not due yet
    later = NOW + timedelta(minutes=2)
    assert try_again(later) == 1
    assert try_again(later) == 0  # a worker has it
    run_all(later)
    counts = tally(row, later)
    assert (counts.told, counts.failed, counts.unsure, counts.waiting) == (3, 1, 1, 0)
    assert Job.objects.filter(failed_at__isnull=False).count() == 0


def test_colleagues_get_a_notice_once(company: Company, slots: Initiative) -> None:
    slots.issue = Issue.objects.create(unit=company.north, title="x", text="x", by=company.fiona)
    slots.save()
    row = told(company, slots)
    posting.list_receivers(row, NOW)
    consume_all(now=NOW)
    (notice,) = tidings(inbox(company.actor("fiona")))
    assert notice.words == "What you helped to find was solved: Slots"
    assert tally(row, NOW).employees == 1


def test_a_test_goes_to_oneself_and_counts_nowhere(
    company: Company, slots: Initiative, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_TO_FILES, settings.OUTBOX_DIR = True, tmp_path
    facts: dict[str, Any] = {"actor": company.actor("mark"), "now": NOW, "initiative": slots}
    with pytest.raises(Conflict):
        telling.try_message(**facts, language="en")
    telling.write_message(**facts, version=0, words=WORDS)
    assert telling.try_message(**facts, language="pl") == "mark@acme.example"
    (mail,) = [each.read_text() for each in tmp_path.glob("test-*.eml")]
    assert "To: mark@acme.example" in mail
    assert (Told.objects.count(), Customer.objects.count()) == (0, 0)
    with pytest.raises(Forbidden):
        telling.try_message(actor=company.actor("fiona"), now=NOW, initiative=slots, language="pl")
