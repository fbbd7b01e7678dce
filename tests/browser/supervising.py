"""What a manager does with what is late, and what happens when two people write in one case."""

from tests.browser.visitor import Visitor

REASON = "Their own caller is ill"
LEARNT = "What really happened, what did you learn?"


def escalation(manager: Visitor) -> None:
    """Late cases came up: they are marked late, and go to one person at once, with a reason."""
    manager.open("/cases/?tab=escalated")
    manager.audit("what came up")
    page = manager.page
    rows = page.locator("li.case-row")
    before = rows.count()
    assert before >= 2
    assert page.locator("li.case-row .case-clock .late").count() == before
    names = [rows.nth(place).locator("a.case-name").inner_text() for place in (0, 1)]
    for place in (0, 1):
        rows.nth(place).locator("input[name=case]").check()
    page.locator("#bulk-action").select_option("give")
    manager.go(page.locator("fieldset.bulk-bar button"))
    manager.sees("2 cases.")
    manager.audit("giving several")
    people = page.locator("main select[name=owners]")
    people.select_option(index=1)
    taker = people.locator("option").nth(1).inner_text()
    page.locator("main [name=reason]").fill(REASON)
    manager.go(page.locator("main .outcomes button"))
    manager.sees("Done: 2 cases.")
    manager.open("/cases/?tab=units&q=" + names[0])
    manager.sees(taker)


def two_people(agent: Visitor, office: Visitor) -> None:
    """Each sees the other; who saves second is told, and keeps what they typed."""
    agent.open("/cases/?tab=mine")
    agent.page.locator("a.case-name").nth(1).click()
    agent.page.locator("#call").wait_for()
    case = agent.page.url.split("?")[0].split("#")[0]
    office.open(case)
    office.page.locator(".present", has_text="Семенюк").first.wait_for()
    agent.open(case)
    agent.page.locator(".present", has_text="Harry Chadwell").first.wait_for()
    office.page.get_by_label(LEARNT).fill("Typed before somebody else saved.")
    agent.page.locator("button[name=outcome][value=busy]").first.click()
    agent.sees("Noted. Call again")
    office.page.locator("button[name=outcome][value=no_answer]").first.click()
    office.sees("Nothing of yours is lost")
    assert office.page.get_by_label(LEARNT).input_value() == "Typed before somebody else saved."
    office.troubles[:] = [each for each in office.troubles if "409" not in each]
