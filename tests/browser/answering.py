"""What does a customer get, and what happens when they click?"""

import re
import urllib.request
from datetime import timedelta
from email.message import EmailMessage

from loopwell.responses.doubts import READING_TAKES
from tests.browser.installation import Installation
from tests.browser.visitor import Visitor

ARRIVES_WITHIN = 15.0
COMMENT = "Nobody came on Tuesday, and nobody called either."


def mail_to(place: Installation, address: str, link: str = "/r/") -> EmailMessage:
    """The newest mail to this address with such a link, as soon as it has arrived."""

    def found() -> list[EmailMessage]:
        mails = [mail for mail in place.box.mails if address in str(mail["To"])]
        return [mail for mail in mails if link in part(mail, "plain")]

    place.until(lambda: bool(found()), ARRIVES_WITHIN, f"a mail to {address}")
    return found()[-1]


def check_invitation(mail: EmailMessage) -> list[str]:
    """Its headers, text and HTML; the links of the scores from 0 to 10."""
    text, html = part(mail, "plain"), part(mail, "html")
    leave = str(mail["List-Unsubscribe"])
    assert re.fullmatch(r"<http://127\.0\.0\.1:\d+/r/[^/]+/unsubscribe/>", leave), leave
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(mail["From"]) == "Acme <asking@acme.example>"
    links = re.findall(r'class="score" href="([^"]+)"', html)
    assert [link.partition("?score=")[2] for link in links] == [str(n) for n in range(11)]
    assert links[0].partition("?")[0] in text
    assert leave[1:-1] in text
    return links


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None, f"no {kind} part: {mail}"
    return str(body.get_content())


def scan(mail: EmailMessage) -> None:
    """What a link scanner does: it opens every address in the mail. Not the one that people do
    not see: whoever opens that is not believed for minutes, and the customer comes now."""
    addresses = set(re.findall(r'href="(http[^"]+)"', part(mail, "html")))
    trap = {address for address in addresses if address.endswith("/all/")}
    addresses -= trap
    assert (len(trap), len(addresses)) == (1, 12)
    for address in addresses:
        with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 our own server
            assert page.status == 200


def answer(customer: Visitor, link: str) -> None:
    """The score first, then why, and may we call; each is kept at once."""
    customer.open(link)
    customer.audit("question")
    page = customer.page
    assert page.get_by_role("button", name="3", exact=True).get_attribute("aria-pressed") == "true"
    assert "Saved" not in customer.words
    page.wait_for_timeout(READING_TAKES / timedelta(milliseconds=1))  # sooner it would be held
    page.get_by_role("button", name="3", exact=True).click()
    customer.sees("Saved: 3. Thank you!")
    customer.audit("question, saved")
    page.locator("textarea").fill(COMMENT)
    page.get_by_label("Yes", exact=True).check()
    customer.press("Send")
    customer.sees("Thank you!")
    customer.sees("Somebody from our team will call you within 24 working hours.")
    customer.audit("thanks")


def alarm_link(place: Installation, address: str) -> str:
    """Where the alarm's mail leads; what the customer wrote stands in it."""
    mail = mail_to(place, address, "/cases/")
    assert COMMENT in part(mail, "plain")
    return link_in(mail, "/cases/")


def link_in(mail: EmailMessage, path: str) -> str:
    text = part(mail, "plain")
    found = re.search(rf"http://\S+{path}\S+", text)
    assert found, text
    return found[0]
