"""A week in the life: an agent's day, a manager's escalations and huddle, an executive's Monday."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from tests.browser.answering import mail_to
from tests.browser.installation import Installation
from tests.browser.supervising import escalation, two_people
from tests.browser.test_demo_pages import log_in
from tests.browser.visitor import PHONE, Visitor

LEARNT = "The technician had the old address; nobody passed the new one on."
REPLY_TO = "care@acme.example"


def test_a_week(
    place: Installation, visit: Callable[..., Visitor], visitors: list[Visitor]
) -> None:
    place.environment["LOOPWELL_REPLY_ADDRESS"] = REPLY_TO
    place.start("--demo")
    agent, manager = visit("agent"), visit("manager")
    chief, office = visit("executive"), visit("programme manager")
    agent.page.set_viewport_size(PHONE)
    log_in(office, "Programme manager")
    for person, role in ((manager, "Manager"), (chief, "Executive")):
        log_in(person, role)
    agent.open("/")
    agent.go(agent.page.locator(".demo-logins button", has_text="Call-back").first)

    rules(office)
    two_people(agent, office)
    case = call(agent)
    letter(agent, place)
    solve(agent)
    approve(office)
    close(agent, case)
    story(agent, office, case)
    escalation(manager)
    huddle(manager)
    issue(manager, office)
    monday(chief)
    assert [trouble for each in visitors for trouble in each.troubles] == []
    assert [barrier for each in visitors for barrier in each.barriers] == []


def rules(office: Visitor) -> None:
    office.open("/cases/rules/")
    office.audit("rules")
    office.open("/cases/rules/widen/")
    office.audit("widening")
    assert re.search(r"a (working )?day", office.words)


def call(agent: Visitor) -> str:
    """The first customer who waits: not reached, then reached; on a phone."""
    agent.audit("home of a caller")
    agent.open("/cases/?tab=mine")
    agent.audit("queue")
    agent.page.locator("a.case-name").first.click()
    agent.page.locator("#call").wait_for()
    case = agent.page.url.split("?")[0].split("#")[0]
    agent.audit("case")
    agent.page.locator("button[name=outcome][value=no_answer]").first.click()
    agent.sees("Noted. Call again")
    agent.page.locator("button[name=outcome][value=reached]").first.click()
    agent.sees("Noted.")
    return case


def letter(agent: Visitor, place: Installation) -> None:
    page = agent.page
    address = page.locator("a[href^='mailto:']").first.get_attribute("href") or ""
    agent.unfold("Write a letter")
    page.locator("#id_letter_subject").fill("Our promise")
    page.locator("#id_letter_text").fill("We come tomorrow at ten.")
    page.get_by_role("button", name="Send the letter").click()
    agent.sees("Our promise")
    sent = mail_to(place, address.removeprefix("mailto:"), "tomorrow at ten")
    assert str(sent["Reply-To"]).startswith(REPLY_TO.partition("@")[0] + "+")


def solve(agent: Visitor) -> None:
    """A promise, and more than the caller may give alone."""
    page = agent.page
    agent.unfold("Give something")
    page.locator("[name=redress_what]").fill("A month free")
    page.locator("[name=redress_amount]").fill("470")
    page.get_by_role("button", name="Give it").click()
    agent.sees("Waits for approval")
    agent.unfold("Promise something")
    form = page.locator("form[action$='/action/'], form[action*='/actions/']").last
    form.locator("[name=what]").fill("Send a technician")
    form.locator("[name=owner]").select_option(index=1)
    form.locator("[name=due_on]").fill((date.today() + timedelta(days=2)).isoformat())  # noqa: DTZ011 a day far enough
    page.get_by_role("button", name="Promise it").click()
    agent.sees("Send a technician")


def approve(office: Visitor) -> None:
    office.open("/cases/approvals/")
    office.audit("approvals")
    office.sees("A month free")
    row = office.page.locator("li, article, tr", has_text="A month free").last
    office.go(row.get_by_role("button", name="Approve"))
    office.open("/cases/approvals/")
    assert "A month free" not in office.page.locator("form.decide").all_inner_texts()


def close(agent: Visitor, case: str) -> None:
    agent.open(case)
    agent.sees("Approved")
    page = agent.page
    page.get_by_label("What really happened, what did you learn?").fill(LEARNT)
    page.get_by_label("Root cause 1", exact=True).select_option(index=1)
    page.get_by_label("How did it end?").select_option(label="Solved")
    page.get_by_role("button", name="Close the case").click()
    agent.sees(LEARNT)
    agent.audit("closed case")


def story(agent: Visitor, office: Visitor, case: str) -> None:
    agent.open(f"/news/propose/?case={case.rstrip('/').rpartition('/')[2]}")
    agent.page.locator("[name=title]").fill("The address nobody passed on")
    agent.page.locator("[name=text]").fill("We came again the next day, and it was solved.")
    agent.press("Propose", within="main form")
    agent.heading("The address nobody passed on")
    office.open("/news/")
    office.page.locator("main a", has_text="The address nobody passed on").first.click()
    office.press("Publish", within="main form")
    office.sees("Published")
    office.audit("story")


def huddle(manager: Visitor) -> None:
    manager.open("/huddles/")
    manager.audit("teams")
    manager.follow("Call Centre: Customer Line", within="main")
    manager.audit("huddle")
    page = manager.page
    if not page.locator("[name=what]").is_visible():
        manager.unfold("Add a commitment")
    page.locator("[name=what]").fill("Read the address back to the customer")
    page.locator("[name=owner]").select_option(index=1)
    manager.press("Commit", within="main form")
    manager.sees("Read the address back to the customer")
    manager.follow("It was held", within="main form")
    manager.sees("Kept: the numbers of this week stay as you told them.")
    manager.open("/")
    manager.audit("home of a manager")


def issue(manager: Visitor, office: Visitor) -> None:
    manager.open("/issues/new/")
    manager.page.locator("[name=title]").fill("Zwieback addresses vanish from orders")
    manager.page.locator("[name=text]").fill("Twice a week the new address is not in the order.")
    manager.press("Raise it", within="main form")
    manager.heading("Zwieback addresses")
    office.open("/issues/")
    office.press("Zwieback addresses vanish from orders", within="main")
    office.unfold("Answer, with")
    form = office.page.locator("form[action$='/answer/']")
    form.locator("textarea").fill("The field is copied since today.")
    office.go(form.locator("button"))
    manager.open("/issues/?tab=mine")
    manager.press("Zwieback addresses vanish from orders", within="main")
    manager.sees("The field is copied since today.")
    manager.audit("issue")


def monday(chief: Visitor) -> None:
    chief.audit("home of an executive")
    chief.sees("NPS")
    chief.open("/recovery/")
    chief.audit("recovery")
    chief.sees("no longer detractors")
