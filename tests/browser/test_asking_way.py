"""From a ready-made survey to answers by mail, phone, code and kiosk, by clicking."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from loopwell.responses.doubts import READING_TAKES
from tests.browser import answering, asking, contacting, listening, questionnaire
from tests.browser.contacting import Program
from tests.browser.installation import Installation
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
CALLS, VISITS = "After calls", "After visits"
FIRST_ROUND = {
    "Olga Sidorova": ["Asked"],
    "Иван Петров": ["Asked"],
    "Anna Nowak": ["Asked"],
    "Pavel Lind": ["Asked"],
    "Nina Berg": ["Without an address for this channel"],
    "Tomas Wolf": ["Asked"],
}
SECOND_ROUND = {
    **FIRST_ROUND,
    "Иван Петров": ["Asked recently", "Asked"],
    "Pavel Lind": ["Who asked to be left alone", "Asked"],
}
NUMBERS_WITHIN = 15.0


def programmes_run(admin: Visitor, program: Program) -> str:
    """Both about contacts; what happened before they started counts for the simulation only."""
    program.post("customers/bulk", {"customers": contacting.CUSTOMERS})
    past = [("C1", "Call"), ("C2", "Call"), ("C6", "Visit")]
    program.contacts(*past, at=datetime.now(UTC) - timedelta(days=3), key="past")
    address = contacting.programme(admin, name=CALLS, touchpoint="Call", channel="E-mail", past=2)
    contacting.programme(admin, name=VISITS, touchpoint="Visit", channel="Phone", past=1)
    return address


def contacts_arrive(admin: Visitor, program: Program) -> None:
    """Twice under the same key: the second time changes nothing."""
    pairs = [*((f"C{number}", "Call") for number in (1, 2, 4, 5)), ("X9", "Call"), ("C6", "Visit")]
    at = datetime.now(UTC) - timedelta(minutes=1)
    said = program.contacts(*pairs, at=at, key="monday")
    assert (said["new"], said["held"], said["refused"]) == (5, 1, 0)
    assert program.contacts(*pairs, at=at, key="monday") == said
    contacting.resolve_held(admin)


def answers_by_mail(place: Installation, admin: Visitor, visit: Visit) -> None:
    """A machine's is held until somebody accepts it; a detractor says when to call; a promoter
    is shown where to tell others; somebody leaves."""
    anna = answering.mail_to(place, "anna@customers.example")
    listening.scan_and_answer(anna, 10)
    olga = listening.links_of(answering.mail_to(place, "olga@customers.example"))
    (why,) = listening.held(admin)
    assert why.startswith("A mail scanner had opened every link")
    admin.audit("held answers")
    admin.press("Accept")
    admin.sees("1 answer counts now.")

    admin.page.wait_for_timeout(READING_TAKES / timedelta(milliseconds=1))
    when = listening.unhappy_on_a_phone(visit("detractor"), olga[2])
    case_of(admin, "Olga Sidorova", when)
    ivan = answering.mail_to(place, "ivan@customers.example")
    assert str(ivan["Subject"]) == "Иван Петров, как прошёл звонок?"
    listening.happy_in_russian(visit("promoter"), listening.links_of(ivan)[9])
    pavel = answering.mail_to(place, "pavel@customers.example")
    listening.leave_this_kind(visit("leaver"), pavel, CALLS)


def case_of(admin: Visitor, name: str, when: str) -> None:
    admin.await_fresh("/cases/", lambda: name in admin.words, "the case", NUMBERS_WITHIN)
    admin.press(name, within="main")
    admin.heading(name)
    for words in (listening.COMMENT, list(questionnaire.CHOICES)[1], "Partly", when):
        admin.sees(words)
    assert admin.page.locator("a[href='tel:+48225550102']:visible").count() == 1
    admin.audit("case")


def answers_in_passing(admin: Visitor, visit: Visit) -> None:
    """The same device twice through a code: the second is held; a kiosk begins anew."""
    code = listening.way_in(admin, "qr", "Counter")
    passer = visit("passer-by")
    listening.answer_in_passing(passer, code, 9)
    listening.answer_in_passing(passer, code, 1)
    (why,) = listening.held(admin)
    assert "same device" in why, why
    kiosk = listening.way_in(admin, "kiosk", "Exit")
    listening.kiosk_begins_anew(visit("kiosk"), kiosk)
    admin.open("/links/")
    admin.audit("ways in")


def numbers(admin: Visitor, survey: str, programme: str) -> None:
    """Scores 2, 9, 10, 8, 9 and 7 are +33; what is held counts nowhere."""
    results = f"{survey.partition('?')[0]}results/"
    admin.await_fresh(results, lambda: "6 answers" in admin.words, "results", NUMBERS_WITHIN)
    admin.sees("+33")
    shown = admin.page.locator("section.result", has_text=questionnaire.QUESTION)
    assert "1 answer" in shown.inner_text()
    admin.audit("results")
    admin.open(programme)
    figures = admin.page.locator("dl.figures .figure").all()
    said = {one.locator("dt").inner_text(): one.locator("dd").inner_text() for one in figures}
    counts = {name: words.split()[0] for name, words in said.items()}
    assert counts == {"Asked": "4", "Sent": "4", "Answered": "3"}
    states = admin.page.locator("table.states tr")
    assert states.filter(has_text="Answered").locator("td").last.inner_text().startswith("75")
    assert states.filter(has_text="Declined").locator("td").last.inner_text().startswith("25")
    admin.audit("programme")
    for path in ("/contact-rules/", "/planner/"):
        admin.open(path)
        admin.audit(path)


@pytest.mark.parametrize(
    "place", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_every_way_of_asking(place: Installation, visit: Visit, visitors: list[Visitor]) -> None:
    admin = visit("admin")
    place.start()
    asking.set_up(admin)
    survey = questionnaire.make(admin)
    program = Program(admin)
    programme = programmes_run(admin, program)
    contacts_arrive(admin, program)
    contacting.await_decisions(admin, FIRST_ROUND)

    answers_by_mail(place, admin, visit)
    program.contacts(("C2", "Call"), ("C4", "Call"), at=datetime.now(UTC), key="later")
    listening.answer_by_phone(admin, "Tomas Wolf")
    answers_in_passing(admin, visit)
    contacting.await_decisions(admin, SECOND_ROUND)
    numbers(admin, survey, programme)

    assert [trouble for each in visitors for trouble in each.troubles] == []
    assert [barrier for each in visitors for barrier in each.barriers] == []
