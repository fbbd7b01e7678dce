"""How does a programme manager get from an empty installation to messages that leave?"""

import re
from pathlib import Path

from tests.browser.visitor import Visitor

PASSWORD = "correct horse battery"
ADMIN = "alice@acme.example"
MANAGER = "mark@acme.example"

CUSTOMERS = """\
Номер клиента;Имя и фамилия;E-mail;Телефон;Язык;Филиал;Тариф
C1;Ольга Сидорова;olga@customers.example;+48 601 200 301;en;North;Gold
C2;Иван Петров;ivan@customers.example;+48 601 200 302;ru;North;Basic
C3;Anna Nowak;this is no address;+48 601 200 303;en;North;Gold
C4;Пётр Ильин;petr@customers.example;+48 601 200 304;ru;;Basic
"""


def set_up(admin: Visitor) -> None:
    """The address in the terminal leads to a form for company and administrator."""
    address = admin.place.setup_address()
    admin.open(address)
    admin.audit("set-up")
    admin.fill("Name of your company", "Acme")
    admin.fill("Your name", "Alice")
    admin.fill("Your e-mail address", ADMIN)
    admin.fill("Password", PASSWORD)
    admin.page.locator("main form button[type=submit], main form button:not([type])").last.click()
    admin.heading("Three steps to the first answer")
    admin.audit("first steps")


def customers_file(folder: Path) -> Path:
    path = folder / "клиенты.csv"
    path.write_text(CUSTOMERS, encoding="cp1251")
    return path


def import_customers(admin: Visitor, path: Path) -> None:
    """Mapping, preview, trial, import, result; one row is refused and said why."""
    admin.menu("Import")
    admin.audit("imports")
    admin.press(re.compile("^Import customers"), within="main")
    admin.page.locator("input[type=file]").set_input_files(path)
    admin.press("Bring the file")
    admin.heading("Which column is what?")
    admin.audit("mapping")
    page = admin.page
    assert page.locator("#field-name").input_value() == "Имя и фамилия"
    assert page.locator("#field-unit").input_value() == "Филиал"
    assert "cp1251" in page.get_by_label("Letters (encoding)").inner_text()
    preview = page.locator("table.preview")
    assert "Ольга Сидорова" in preview.inner_text()
    assert preview.locator("td.wrong", has_text="this is no address").count() == 1
    admin.press("Try it without changing anything")
    admin.heading("This is what the import would do")
    admin.sees("this is no address")
    admin.audit("trial")
    admin.press(re.compile("^Import 3 rows"))
    admin.heading("^Imported$")
    assert _tally(admin) == {"New": "3", "Changed": "0", "The same already": "0", "Refused": "1"}
    admin.audit("result")
    admin.press("See the customers")
    admin.sees("Иван Петров")
    admin.audit("customers")


def _tally(admin: Visitor) -> dict[str, str]:
    lines = admin.page.locator("dl.tally > div").all()
    return {line.locator("dt").inner_text(): line.locator("dd").inner_text() for line in lines}


def make_survey(admin: Visitor) -> None:
    """With the ready-made words, in two languages."""
    admin.menu("Surveys")
    admin.press("New survey")
    admin.heading("New survey")
    admin.audit("ready-made surveys")
    admin.press("Begin")
    admin.fill("Name", "How are we doing?")
    for language in ("English", "Russian"):
        admin.page.get_by_label(language, exact=True).check()
    admin.audit("new survey")
    admin.press("Make the survey")
    admin.heading("How are we doing?")
    admin.audit("survey")
    admin.press("Publish")
    admin.press("Publish version 1")
    admin.sees("Version 1 is live")


def send(admin: Visitor) -> None:
    """A filter, how many it reaches, the message, and off it goes."""
    admin.press("Send it")
    admin.heading("Who will be asked?")
    admin.choose("Unit", "North")
    if admin.script:
        admin.await_page(lambda: _reach(admin) == "2", "the reach follows the filter")
    admin.audit("new sending")
    admin.press("Look at the message")
    admin.sees("2 customers will be asked. Nothing is sent yet.")
    message = admin.page.frame_locator("iframe.mail-frame")
    assert message.locator("a.score").count() == 11
    admin.audit("message before sending")
    assert not [to for to in admin.place.box.to if to.endswith("@customers.example")]
    admin.press("Send to 2 customers")
    admin.await_page(lambda: "Every message has left" in admin.words, "messages have left")
    admin.audit("sending")


def _reach(admin: Visitor) -> str:
    return admin.page.locator("#reach .reach-number").inner_text()


def manager_of_north(admin: Visitor) -> None:
    """A unit below the company and a person who leads it; they are written to."""
    admin.menu("Company")
    admin.audit("company")
    admin.press("Add a unit")
    admin.fill("Name", "North")
    admin.audit("new unit")
    admin.press("Add the unit")
    admin.menu("Company")
    admin.press("People", within="main")
    admin.audit("people")
    admin.press("Add a person")
    admin.fill("Name", "Mark")
    admin.fill("E-mail", MANAGER)
    admin.choose("Works in", "North")
    admin.page.get_by_label("Manager", exact=True).check()
    admin.audit("new person")
    admin.press("Add and send the mail")
    admin.sees("Mark gets a mail at mark@acme.example with a link to set a password.")
    admin.audit("person")
