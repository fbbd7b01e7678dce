"""How does a manager call back, learn why, and close the case?"""

from datetime import UTC, datetime, timedelta

from tests.browser.asking import MANAGER, PASSWORD
from tests.browser.visitor import Visitor

LEARNT = "The fitter had the old address; the call centre did not pass the new one on."


def sign_in(person: Visitor, email: str = MANAGER) -> None:
    person.page.locator("input[name=login]").fill(email)
    person.page.locator("input[name=password]").fill(PASSWORD)
    person.audit("sign in")
    person.press("Sign in")


def next_working_day(now: datetime) -> str:
    """From Monday to Friday; the hour is another than that of the try."""
    day = now + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return f"{day.day} {day:%B}"


def set_password(manager: Visitor, link: str) -> None:
    """The link from the mail to a new person, on the day they join."""
    manager.open(link)
    manager.audit("new password")
    for box in manager.page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    manager.page.locator("form:has(input[type=password]) button.btn-primary").click()
    manager.page.locator("input[type=password]").first.wait_for(state="detached")
    manager.audit("password set")


def open_from_mail(manager: Visitor, link: str, name: str) -> None:
    manager.open(link)
    sign_in(manager)
    manager.heading(name)


def call_without_answer(manager: Visitor) -> None:
    """The next try is on the next working day."""
    manager.audit("case")
    possible = {next_working_day(datetime.now(UTC))}
    manager.fill("Note on the call optional", "Voice mail")
    manager.press("No answer", within="main")
    manager.sees("Noted. Call again")
    possible.add(next_working_day(datetime.now(UTC)))  # midnight may have passed in between
    shown = manager.page.locator(".casework-time dt", has_text="Call again")
    again = shown.locator("xpath=following-sibling::dd[1]").inner_text()
    day, _comma, hour = again.partition(", ")
    assert day in possible
    assert "09:00" <= hour < "18:00"


def call_and_close(manager: Visitor) -> None:
    manager.press("Reached", within="main")
    manager.sees("Noted.")
    page = manager.page
    manager.fill("What really happened, what did you learn?", LEARNT)
    page.get_by_label("Root cause 1").select_option(index=1)
    manager.fill("What did you do or promise?", "A new visit tomorrow at ten.")
    page.get_by_label("How did it end?").select_option(label="Solved")
    if manager.script:
        page.wait_for_load_state("networkidle")
        manager.await_page(lambda: "only you see it" in manager.words, "the draft is kept")
    manager.press("Close the case")
    manager.heading("Сидорова")
    manager.sees("What came out")
    manager.sees(LEARNT)
    manager.audit("closed case")


def reopen(manager: Visitor) -> None:
    manager.unfold("Open it again")
    manager.fill("Why it must be opened again", "They called: the new visit was missed too.")
    manager.press("Open it again", within="main form")
    manager.sees("The case is open again.")


def tabs(person: Visitor) -> dict[str, int]:
    """How many cases stand in each part of the queue that says so."""
    person.menu("Cases")
    person.page.locator("nav.tabs a", has_text="Mine").wait_for()
    found = person.page.locator("nav.tabs a").all()
    words = [" ".join(each.inner_text().split()).rpartition(" ") for each in found]
    return {name: int(number) for name, _space, number in words if number.isdigit()}
