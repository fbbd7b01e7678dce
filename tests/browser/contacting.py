"""How do contacts reach Loopwell, which programme asks about them, and why whom?"""

import json
import re
import urllib.request
from datetime import datetime
from typing import Any

from tests.browser.visitor import Visitor

ROUND_WITHIN = 60.0
"""The clock looks for contacts every half minute."""

CUSTOMERS = [
    {"external_id": "C1", "name": "Olga Sidorova", "email": "olga@customers.example"},
    {"external_id": "C2", "name": "Иван Петров", "email": "ivan@customers.example",
     "language": "ru"},
    {"external_id": "C3", "name": "Anna Nowak", "email": "anna@customers.example"},
    {"external_id": "C4", "name": "Pavel Lind", "email": "pavel@customers.example"},
    {"external_id": "C5", "name": "Nina Berg", "phone": "+48601200305"},
    {"external_id": "C6", "name": "Tomas Wolf", "phone": "+48601200306"},
]  # fmt: skip


class Program:
    """The company's phone system, with a key that an administrator made."""

    def __init__(self, admin: Visitor) -> None:
        self._address = admin.place.address
        admin.menu("API keys")
        admin.press(re.compile("New key|Make the first key"), within="main")
        admin.fill("Name", "Phone system")
        admin.page.get_by_label("Add and change customers, accounts and interactions").check()
        admin.press("Make the key")
        self._secret = admin.page.locator("#secret").input_value()

    def post(self, path: str, body: object, key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self._secret}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        asked = urllib.request.Request(  # noqa: S310 our own server
            f"{self._address}/api/v1/{path}", json.dumps(body).encode(), headers, method="POST"
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 our own server
            return json.load(answer)

    def contacts(self, *made: tuple[str, str], at: datetime, key: str) -> Any:
        """(customer, touchpoint) pairs that happened at this time."""
        items = [
            {"customer": {"external_id": whose}, "touchpoint": touchpoint, "at": at.isoformat(),
             "product": "Hotline", "external_id": f"{key}-{whose}-{touchpoint}"}
            for whose, touchpoint in made
        ]  # fmt: skip
        return self.post("interactions/bulk", {"interactions": items}, key)


def resolve_held(admin: Visitor) -> None:
    """Nobody knows X9: the page says so, and an administrator tells whose contact it was."""
    admin.menu("Import")
    admin.follow("Sources", within="main")
    admin.follow(re.compile("^Waiting"), within="main")
    admin.sees("X9")
    admin.audit("waiting for their customer")
    admin.press("Decide")
    admin.heading("Whose was it?")
    admin.page.locator("input[name=q]").fill("Anna")
    admin.follow("Search")
    admin.audit("whose was it")
    admin.page.locator("ul.choose-one li", has_text="Anna Nowak").get_by_role("button").click()
    admin.sees("The interaction is Anna Nowak's now.")


def programme(admin: Visitor, *, name: str, touchpoint: str, channel: str, past: int) -> str:
    """Its address; asks at once after this contact, at most 50 a day, and runs."""
    admin.menu("Programmes")
    admin.follow("New programme", within="main")
    admin.audit("kinds of programmes")
    admin.page.locator("a.kind-card[href*='/new/transactional/']").click()
    admin.heading("Whom does it ask, and when?")
    page = admin.page
    page.locator("[name=name]").fill(name)
    page.locator("[name=channel]").select_option(label=channel)
    page.get_by_label(touchpoint, exact=True).check()
    page.locator("[name=delay]").fill("0")
    page.locator("[name=most_1]").fill("50")
    want = f"of {past} contacts of the last 30 days would have been asked about"
    admin.await_page(lambda: want in admin.words, "the box beside the form counts")
    admin.audit("programme form")
    admin.press("Create it")
    admin.sees("It has not been started: nobody is asked yet.")
    admin.sees("at most 50 a day")
    admin.audit("programme, not started")
    admin.press("Start")
    admin.sees("It runs from now on.")
    return page.url


def decisions(admin: Visitor) -> dict[str, list[str]]:
    """What was decided, by customer, the newest first."""
    admin.open("/decisions/")
    found: dict[str, list[str]] = {}
    for row in admin.page.locator("table tbody tr").all():
        cells = [" ".join(cell.inner_text().split()) for cell in row.locator("td").all()]
        found.setdefault(cells[0], []).append(cells[4])
    return found


def await_decisions(admin: Visitor, wanted: dict[str, list[str]]) -> None:
    """The next round has written them down."""
    seen: dict[str, list[str]] = {}

    def decided() -> bool:
        seen.clear()
        seen.update(decisions(admin))
        return seen == wanted

    admin.await_page(decided, f"decisions {wanted}, not {seen}", ROUND_WITHIN)
    admin.audit("decisions")
