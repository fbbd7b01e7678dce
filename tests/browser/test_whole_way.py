"""From an empty installation to a closed case and changed numbers, by clicking as people do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser import acting, answering, asking, numbers
from tests.browser.installation import Installation
from tests.browser.numbers import Figures
from tests.browser.visitor import Visitor

FACTS_WITHIN = 5.0
Visit = Callable[..., Visitor]


def asked(place: Installation, admin: Visitor) -> None:
    """Everything up to the messages in the mail server."""
    place.start()
    asking.set_up(admin)
    asking.manager_of_north(admin)
    asking.import_customers(admin, asking.customers_file(place.folder))
    asking.make_survey(admin)
    asking.send(admin)


def joined(manager: Visitor) -> None:
    invitation = answering.mail_to(manager.place, asking.MANAGER, "/auth/")
    acting.set_password(manager, answering.link_in(invitation, "/auth/"))


@pytest.mark.parametrize(
    "place", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_from_first_start_to_changed_numbers(
    place: Installation, visit: Visit, visitors: list[Visitor]
) -> None:
    admin, customer, manager = visit("admin"), visit("customer"), visit("manager")
    asked(place, admin)
    joined(manager)

    invitation = answering.mail_to(place, "olga@customers.example")
    links = answering.check_invitation(invitation)
    answering.check_invitation(answering.mail_to(place, "ivan@customers.example"))
    answering.scan(invitation)
    admin.open("/")
    admin.heading("Three steps to the first answer")  # looking is no answer

    answering.answer(customer, links[3])
    few = "1 of 2 customers who got our message in this period have answered. too few to judge"
    one = Figures("−100", "1", few)
    admin.await_fresh("/", lambda: numbers.figures(admin) == one, "the numbers", FACTS_WITHIN)
    admin.audit("home")
    numbers.check_links(admin)

    alarm = answering.alarm_link(place, asking.MANAGER)
    acting.open_from_mail(manager, alarm, "Ольга Сидорова")
    acting.call_without_answer(manager)
    waiting = acting.tabs(manager)
    assert (waiting["Waiting"], waiting["Closed"]) == (1, 0)
    manager.audit("queue")
    manager.open(alarm)
    acting.call_and_close(manager)
    assert acting.tabs(manager)["Closed"] == 1
    manager.open(alarm)
    acting.reopen(manager)
    reopened = acting.tabs(manager)
    assert (reopened["Mine"], reopened["Closed"]) == (1, 0)

    mails = len(place.box.raw)
    numbers.import_history(place, f"{datetime.now(UTC) - timedelta(days=3):%Y-%m-%d}")
    admin.await_fresh("/", lambda: _seen(admin) == ("0", "5"), "old answers", FACTS_WITHIN)
    assert acting.tabs(manager) == reopened
    assert len(place.box.raw) == mails

    assert [trouble for each in visitors for trouble in each.troubles] == []
    assert [barrier for each in visitors for barrier in each.barriers] == []


def _seen(admin: Visitor) -> tuple[str, str]:
    shown = numbers.figures(admin)
    return (shown.nps, shown.answers) if shown else ("", "")


def test_everything_works_without_javascript(
    place: Installation, visit: Visit, visitors: list[Visitor]
) -> None:
    admin, customer = visit("admin", script=False), visit("customer", script=False)
    manager = visit("manager", script=False)
    asked(place, admin)
    joined(manager)
    links = answering.check_invitation(answering.mail_to(place, "olga@customers.example"))
    answering.answer(customer, links[3])
    alarm = answering.alarm_link(place, asking.MANAGER)
    acting.open_from_mail(manager, alarm, "Ольга Сидорова")
    assert acting.tabs(manager)["Mine"] == 1
    manager.press("Ольга Сидорова", within="main")
    acting.call_without_answer(manager)
    acting.call_and_close(manager)
    assert acting.tabs(manager)["Closed"] == 1
    assert [trouble for each in visitors for trouble in each.troubles] == []
