"""How does a programme manager make a survey from a ready-made one, in two languages?"""

import json
import re
from pathlib import Path

from tests.browser.visitor import Visitor

QUESTION = "What should we have done on the phone?"
QUESTION_RU = "Что нам следовало сделать во время звонка?"
CHOICES = {
    "Listened longer": "Слушать дольше",
    "Called back as promised": "Перезвонить, как обещали",
}
SUBJECT_RU = "{name}, как прошёл звонок?"
REVIEW = "https://reviews.example/acme"


def make(admin: Visitor) -> str:
    """The survey's address; from the ready-made “After a call”, published as version 1."""
    admin.menu("Surveys")
    admin.press("New survey")
    admin.press(re.compile("^Look and begin.*After a call"))
    admin.heading("After a call")
    admin.audit("a ready-made survey")
    admin.fill("Name", "How was our call?")
    admin.fill("Which contact?", "Call")
    for language in ("English", "Russian"):
        admin.page.get_by_label(language, exact=True).check()
    admin.press("Make the survey")
    admin.heading("How was our call?")
    address = admin.page.url
    _add_question(admin)
    _offer_review(admin, address)
    _translate(admin, address)
    admin.open(address)
    admin.press("Publish")
    admin.press("Publish version 1")
    admin.sees("Version 1 is live")
    return address


def _add_question(admin: Visitor) -> None:
    """A choice that only detractors see; the picture beside the form shows it while typing."""
    admin.audit("builder")
    admin.unfold("Add a question")
    admin.press(re.compile("^One choice"))
    admin.heading("New question")
    admin.fill("The question", QUESTION)
    for place, words in enumerate(CHOICES, 1):
        admin.fill(f"Choice {place}", words)
    admin.page.get_by_label("Detractors", exact=True).check()
    admin.page.get_by_label("as a detractor", exact=True).check(force=True)
    shown = admin.page.locator("#preview")
    admin.await_page(lambda: QUESTION in shown.inner_text(), "the preview follows the typing")
    admin.audit("new question")
    admin.press("Add the question")
    admin.sees("Saved as a draft.")
    card = admin.page.locator("li.question", has_text=QUESTION)
    assert "etractors" in card.inner_text()


def _offer_review(admin: Visitor, address: str) -> None:
    admin.open(f"{address.partition('?')[0]}edit/en/")
    admin.audit("all words")
    admin.page.locator("#id_review_url").fill(REVIEW)
    admin.page.locator("#words-form button.btn-primary").click()
    admin.sees("Saved as a draft.")


def _translate(admin: Visitor, address: str) -> None:
    """What is missing in Russian goes out as a file, comes back filled in, and is looked at."""
    admin.open(f"{address.partition('?')[0]}translations/")
    admin.heading("Translations")
    admin.audit("translations")
    with admin.page.expect_download() as coming:
        admin.page.get_by_role("link", name=re.compile(r"^JSON.*русский", re.IGNORECASE)).click()
    path = admin.place.folder / "translated.json"
    coming.value.save_as(path)
    wanted = _filled_in(path)
    admin.page.locator("input[type=file]").set_input_files(path)
    admin.press("Show what changes")
    admin.sees(f"{wanted} texts would change.")
    admin.sees(QUESTION_RU)
    admin.audit("what a translation changes")
    admin.press("Put them into the draft")
    admin.sees(f"{wanted} texts are in the draft.")


def _filled_in(path: Path) -> int:
    """Translates what is missing and one subject; how many texts that changes."""
    file = json.loads(path.read_text(encoding="utf-8"))
    said = {QUESTION: QUESTION_RU, **CHOICES, REVIEW: REVIEW}
    changed = 0
    for text in file["texts"]:
        if text["key"] == "subject":
            text["target"], changed = SUBJECT_RU, changed + 1
        elif not text["target"] and text["source"] in said:
            text["target"], changed = said[text["source"]], changed + 1
    path.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    assert changed == len(said) + 1, file
    return changed
