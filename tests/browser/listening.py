"""What happens at the customers’: phones, mail scanners, a caller, a code at the counter?"""

import re
import urllib.error
import urllib.parse
import urllib.request
from email.message import EmailMessage

from playwright.sync_api import expect

from tests.browser.answering import part
from tests.browser.questionnaire import CHOICES, QUESTION, QUESTION_RU, REVIEW
from tests.browser.visitor import PHONE, Visitor

COMMENT = "I waited for half an hour, and then the line was cut."


def links_of(mail: EmailMessage) -> list[str]:
    """Of the scores from 0 to 10."""
    html = part(mail, "html")
    found = re.findall(r'class="score" href="([^"]+)"', html)
    assert [each.partition("?score=")[2] for each in found] == [str(n) for n in range(11)]
    return found


def scan_and_answer(mail: EmailMessage, score: int) -> None:
    """A mail scanner opens every link, also the one people do not see, with GET and HEAD; then
    it presses a button."""
    addresses = set(re.findall(r'href="(http://127[^"]+)"', part(mail, "html")))
    assert any(each.endswith("/all/") for each in addresses)
    for address in addresses:
        for method in ("HEAD", "GET"):
            _request(urllib.request.Request(address, method=method))  # noqa: S310 our own server
    page = links_of(mail)[score].partition("?")[0]
    form = urllib.parse.urlencode({"score": score}).encode()
    _request(urllib.request.Request(page, form, method="POST"))  # noqa: S310 our own server


def _request(asked: urllib.request.Request) -> None:
    with urllib.request.urlopen(asked, timeout=10) as page:  # noqa: S310 our own server
        assert page.status == 200


def unhappy_on_a_phone(customer: Visitor, link: str) -> str:
    """Score, what only detractors are asked, why, and when to call; the time they chose."""
    page = customer.page
    page.set_viewport_size(PHONE)
    customer.open(link)
    _fits(customer, "question")
    page.get_by_role("button", name="2", exact=True).click()
    customer.sees("Saved: 2. Thank you!")
    customer.sees(QUESTION)
    _fits(customer, "further questions")
    page.get_by_label(list(CHOICES)[1], exact=True).check()
    page.locator("textarea[name=comment]").fill(COMMENT)
    page.get_by_label("Partly", exact=True).check()
    page.get_by_label("Yes", exact=True).last.check()
    _to_the_end(customer)
    choice = page.locator("fieldset label").nth(1)
    when = choice.inner_text().strip()
    choice.click()
    customer.fill("At which number? (if you like)", "+48 22 555 01 02")
    _fits(customer, "thanks")
    customer.press("Send")
    customer.sees("Noted for our call:")
    _fits(customer, "noted")
    return when


def _to_the_end(customer: Visitor) -> None:
    """Through as many pages as the survey has."""
    while not customer.title.startswith("Thank you"):
        _fits(customer, "a page of questions")
        customer.go(customer.page.locator("button.send"))


def _fits(customer: Visitor, what: str) -> None:
    customer.audit(what)
    wide = customer.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= customer.page.viewport_size["width"], what  # type: ignore[index]  # it is set


def happy_in_russian(customer: Visitor, link: str) -> None:
    """Promoters are not asked what detractors are; they are shown where to tell others."""
    customer.open(link)
    customer.page.get_by_role("button", name="9", exact=True).click()
    expect(customer.page.get_by_role("status")).to_contain_text("9")
    assert QUESTION_RU not in customer.words
    customer.audit("promoter's questions, Russian")
    while not customer.page.locator(f'a[href="{REVIEW}"]').count():
        customer.go(customer.page.locator("button.send"))
    customer.audit("promoter's thanks")


def leave_this_kind(customer: Visitor, mail: EmailMessage, programme: str) -> None:
    address = str(mail["List-Unsubscribe"])[1:-1]
    customer.page.set_viewport_size(PHONE)
    customer.open(address)
    _fits(customer, "preference page")
    customer.follow(f"No more of this kind: {programme}")
    customer.heading(re.escape(programme))
    _fits(customer, "left")


def answer_by_phone(caller: Visitor, name: str) -> None:
    """Next customer, what to say, the score pressed while talking, done."""
    caller.menu("Calls to make")
    caller.audit("calls to make")
    caller.follow("Next customer")
    caller.heading(name)
    caller.audit("the script")
    caller.page.locator("button.call-score", has_text=re.compile(r"^\s*8\s*$")).click()
    caller.page.locator("#further").wait_for()
    caller.page.locator("#further textarea[name=comment]").fill("Kind, but slow.")
    caller.audit("the script, further questions")
    caller.press("Answered: done")
    caller.sees("Noted: ")
    caller.sees("Nobody to call")


def way_in(admin: Visitor, kind: str, name: str) -> str:
    """Makes a way in and returns its address for customers."""
    admin.menu("Links and codes")
    admin.open("/links/new/")
    admin.audit("new way in")
    admin.page.locator(f"input[name=kind][value={kind}]").check()
    admin.page.locator("input[name=name]").fill(name)
    admin.press("Make it")
    admin.heading(name)
    admin.audit(f"way in: {kind}")
    return admin.page.locator("#address").input_value()


def answer_in_passing(passer: Visitor, address: str, score: int) -> None:
    passer.open(f"{address}?lang=en")
    passer.audit("question of a code")
    passer.page.get_by_role("button", name=str(score), exact=True).click()
    expect(passer.page.get_by_role("status")).to_contain_text(f"Saved: {score}.")


def kiosk_begins_anew(passer: Visitor, address: str) -> None:
    passer.open(f"{address}?lang=en")
    start = passer.page.url.partition("?")[0]
    passer.audit("kiosk")
    passer.go(passer.page.get_by_role("button", name="7", exact=True))
    while not passer.page.get_by_role("link", name="Next, please").count():
        passer.go(passer.page.locator("button.send"))
    passer.audit("kiosk, thanks")
    passer.await_page(lambda: passer.page.url.partition("?")[0] == start, "back at the start", 20.0)


def held(admin: Visitor) -> list[str]:
    """Why answers wait, in the order of the page."""
    admin.open("/held/")
    return [" ".join(each.split()) for each in admin.page.locator(".held-why").all_inner_texts()]
