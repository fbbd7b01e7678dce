"""Does a letter reach the customer once, under which conditions, and what if it does not?"""

from datetime import timedelta

import pytest

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Direction, Outcome
from loopwell.cases.models import Attempt, Case, Letter, LetterTemplate
from loopwell.cases.operations import (
    NeedsConfirmation,
    NotWritable,
    send_letter_again,
    write_letter,
    write_unreachable,
)
from loopwell.cases.operations.posting import send_letters
from loopwell.cases.queries.letters import fill_template, letters_of, troubled_letters
from loopwell.cases.rules.letters import (
    LetterState,
    case_ref_in,
    filled_in,
    reply_address,
    unknown_fields,
)
from loopwell.delivery.enums import Reason
from loopwell.delivery.models import Suppression
from loopwell.delivery.operations import suppress
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests import factories
from tests.cases.conftest import Answer
from tests.conftest import NOW, PASSWORD, Company
from tests.delivery.mail_server import mail_server

MINUTE = timedelta(minutes=1)


def written(case: Case, company: Company, **wishes: object) -> Letter:
    fields = {"subject": "About your call", "text": "Hello Anna,\n\nwe are sorry."}
    return write_letter(
        actor=company.actor("mark"),
        now=NOW,
        case=case,
        **{**fields, **wishes},  # type: ignore[arg-type]
    )


def state(case: Case, *, now: object = NOW) -> LetterState:
    return letters_of(case, now)[-1].state  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def reply_to(settings: object) -> None:
    settings.REPLY_ADDRESS = "care@acme.example"  # type: ignore[attr-defined]
    settings.DEFAULT_FROM_EMAIL = "Acme <hello@acme.example>"  # type: ignore[attr-defined]


def test_a_letter_leaves_once_as_a_personal_one(case: Case, company: Company) -> None:
    letter = written(case, company)
    assert state(case) is LetterState.WAITING
    with mail_server() as box:
        assert (send_letters(NOW), send_letters(NOW)) == (1, 0)
    (mail,) = box.mails
    assert mail["From"] == "Acme <hello@acme.example>"
    assert mail["Message-ID"] == letter.message_id
    assert mail["Auto-Submitted"] is None
    assert mail["Precedence"] is None
    assert mail["List-Unsubscribe"] is None
    assert case_ref_in(mail["Reply-To"]) == case.ref
    assert mail.get_content().replace("\r\n", "\n").strip() == "Hello Anna,\n\nwe are sorry."
    assert state(case) is LetterState.SENT


def test_a_forged_address_finds_no_case(case: Case) -> None:
    address = reply_address(case.ref)
    assert len(address.partition("@")[0]) <= 64
    assert case_ref_in(address.upper()) == case.ref
    forged = address.replace(address[-14], "2" if address[-14] != "2" else "3")
    tag = address.partition(".")[2].partition("@")[0]
    wrong = "2" * len(tag) if tag != "2" * len(tag) else "3" * len(tag)
    assert case_ref_in(address.replace(tag, wrong)) is None
    assert forged != address


def test_a_resting_server_gets_it_later_and_a_refusal_is_said(case: Case, company: Company) -> None:
    letter = written(case, company)
    with mail_server(refuse={letter.address: "451 4.7.1 come back"}) as box:
        assert send_letters(NOW) == 0
        assert state(case) is LetterState.WAITING
        assert send_letters(NOW) == 0  # not before its time
        box.refuse.clear()
        assert send_letters(NOW + MINUTE) == 1
    letter.refresh_from_db()
    assert (letter.attempts, letter.error) == (1, "")


def test_an_address_that_does_not_exist_is_never_tried_again(case: Case, company: Company) -> None:
    letter = written(case, company)
    with mail_server(refuse={letter.address: "550 5.1.1 no such user"}):
        send_letters(NOW)
    assert state(case) is LetterState.FAILED
    assert Suppression.objects.get().reason == Reason.BOUNCED
    assert [row.pk for row in troubled_letters(company.actor("mark"), NOW)] == [letter.pk]
    assert list(troubled_letters(company.actor("oscar"), NOW)) == []
    with pytest.raises(NotWritable, match="came back"):
        send_letter_again(actor=company.actor("mark"), now=NOW, case=case, letter=letter)


def test_five_failures_and_somebody_sends_it_again(
    case: Case, company: Company, settings: object
) -> None:
    letter = written(case, company)
    settings.EMAIL_TO_FILES, settings.EMAIL_HOST, settings.EMAIL_PORT = False, "127.0.0.1", 9  # type: ignore[attr-defined]
    for hour in range(6):
        send_letters(NOW + hour * timedelta(hours=1))
    letter.refresh_from_db()
    assert (letter.attempts, state(case)) == (5, LetterState.FAILED)
    later = NOW + timedelta(days=1)
    send_letter_again(actor=company.actor("mark"), now=later, case=case, letter=letter)
    with pytest.raises(Conflict):
        send_letter_again(actor=company.actor("mark"), now=later, case=case, letter=letter)
    with mail_server() as box:
        assert send_letters(later) == 1
    assert box.to == [letter.address]


def test_what_a_dead_worker_held_is_not_sent_by_itself(case: Case, company: Company) -> None:
    letter = written(case, company)
    Letter.objects.filter(pk=letter.pk).update(claimed_at=NOW)
    assert state(case, now=NOW + MINUTE) is LetterState.LEAVING
    assert state(case, now=NOW + 6 * MINUTE) is LetterState.UNSURE
    assert send_letters(NOW + 6 * MINUTE) == 0


def test_hanging_up_after_the_text_leaves_it_open(case: Case, company: Company) -> None:
    written(case, company)
    with mail_server(hang_up_at="data"):
        send_letters(NOW)
        assert send_letters(NOW + 60 * MINUTE) == 0
    assert state(case) is LetterState.UNSURE


@pytest.mark.parametrize("reason", [Reason.BOUNCED, Reason.COMPLAINED, Reason.MANUAL])
def test_suppressed_addresses_are_refused(case: Case, company: Company, reason: Reason) -> None:
    suppress(address=case.customer.email or "", reason=reason, now=NOW)
    with pytest.raises(NotWritable):
        written(case, company)


def test_who_wants_no_more_surveys_still_gets_an_answer(case: Case, company: Company) -> None:
    suppress(address=case.customer.email or "", reason=Reason.UNSUBSCRIBED, now=NOW)
    written(case, company)
    with mail_server() as box:
        assert send_letters(NOW) == 1
    assert len(box.mails) == 1


def test_who_wants_no_contact_is_written_to_only_on_purpose(case: Case, company: Company) -> None:
    Attempt.objects.create(case=case, outcome=Outcome.REFUSED, at=NOW)
    with pytest.raises(NeedsConfirmation):
        written(case, company)
    assert written(case, company, confirmed=True).direction == Direction.OUT
    assert write_unreachable(case=case, now=NOW) is False


def test_strangers_and_readers_write_nothing(case: Case, company: Company) -> None:
    fields = {"now": NOW, "case": case, "subject": "x", "text": "y"}
    with pytest.raises(NotFound):
        write_letter(actor=company.actor("oscar"), **fields)  # type: ignore[arg-type]
    analyst = create_user(
        actor=SYSTEM, email="a@acme.example", name="Ann", unit=company.north, roles=[Role.ANALYST],
        password=PASSWORD,
    )  # fmt: skip
    with pytest.raises(Forbidden):
        write_letter(actor=actor_for(analyst), **fields)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as missed:
        write_letter(actor=SYSTEM, now=NOW, case=case, subject=" ", text="")
    assert set(missed.value.fields) == {"subject", "text"}


def test_not_reached_gets_one_letter_in_their_language(answer: Answer, company: Company) -> None:
    anna = factories.customer(name="Anna Kowalska", language="pl", unit=company.north)
    case = Case.objects.get(response=answer(customer=anna))
    assert write_unreachable(case=case, now=NOW) is True
    assert write_unreachable(case=case, now=NOW) is False
    letter = case.letters.get()
    assert letter.subject == "Próbowaliśmy się skontaktować"
    assert letter.text.startswith("Dzień dobry, Anna Kowalska,")
    assert letter.text.endswith("Mark\nAcme")
    without = factories.customer(email=None, unit=company.north)
    other = Case.objects.get(response=answer(customer=without))
    assert write_unreachable(case=other, now=NOW) is False


def test_ready_words_speak_every_language_and_leave_no_brace(case: Case) -> None:
    templates = list(LetterTemplate.objects.all())
    assert [row.purpose for row in templates] == ["apology", "unreachable", "solved", "thanks"]
    for template in templates:
        assert set(template.words) == {"en", "ru", "uk", "pl"}
        for words in template.words.values():
            assert unknown_fields(words["subject"] + words["text"]) == []
        filled = fill_template(template, case=case, agent="Mark")
        assert "{" not in filled.subject + filled.text


def test_an_unknown_name_goes_with_its_comma() -> None:
    assert filled_in("Hello {customer},", {}) == "Hello,"
    assert filled_in("Добрый день, {customer}!", {}) == "Добрый день!"
    assert filled_in("Hello {customer},", {"customer": "Ann\nLee"}) == "Hello Ann Lee,"
