"""What does the home page say, and do its numbers lead to the answers behind them?"""

from dataclasses import dataclass
from pathlib import Path

from tests.browser.answering import COMMENT
from tests.browser.installation import Installation
from tests.browser.visitor import Visitor

HISTORY = """\
email,score,comment,answered at
ivan@customers.example,10,Always in time,{day}
petr@customers.example,9,,{day}
new@customers.example,2,Too expensive,{day}
other@customers.example,8,,{day}
"""


@dataclass(frozen=True)
class Figures:
    nps: str
    answers: str
    rate: str


def figures(person: Visitor) -> Figures | None:
    """None while the page says that there are no answers."""
    page = person.page
    if not page.locator(".top-score").count():
        return None
    return Figures(
        nps=page.locator(".top-score .big-number").inner_text(),
        answers=page.locator(".top-score .big-facts").inner_text().partition(" ")[0],
        rate=" ".join(page.locator("[aria-labelledby=rate-title] .big-facts").inner_text().split()),
    )


def check_links(person: Visitor) -> None:
    """The score, the detractors and the one bar lead to the one answer, nothing else."""
    page = person.page
    behind = "[aria-labelledby=scores-title] tr:has(th:text-is('3')) a"
    for link in (".top-score a.big", ".parts a.detractor", behind):
        person.open("/")
        address = page.locator(link).first.get_attribute("href")
        assert address, link
        person.open(address)
        person.heading("^Answers$")
        assert page.locator("li.voice").count() == 1, link
        person.sees(COMMENT)
    person.audit("answers")
    page.locator("a.voice-score").click()
    person.sees(COMMENT)
    person.audit("answer")


def import_history(place: Installation, day: str) -> str:
    """By the command, beside the running server."""
    path: Path = place.folder / "history.csv"
    path.write_text(HISTORY.format(day=day))
    return place.command("import", "answers", str(path), "--survey", "Before Loopwell")
