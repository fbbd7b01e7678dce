"""From comments to a model: a person codes by keys alone, marks words, and lets the model learn."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.installation import Installation
from tests.browser.test_demo_pages import log_in
from tests.browser.visitor import Visitor

SECONDS = 150


def test_comments_are_coded_and_a_model_learns(
    place: Installation, visit: Callable[..., Visitor], visitors: list[Visitor]
) -> None:
    place.start("--demo")
    office = visit("programme manager")
    log_in(office, "Programme manager")
    learnt(office)
    by_keys(office)
    marked_words(office)
    without_script(visit("analyst without script", script=False))
    assert [trouble for each in visitors for trouble in each.troubles] == []


def learnt(office: Visitor) -> None:
    """The demo company's model learns in the background after the start."""
    office.open("/coding/model/")
    title = office.page.get_by_text(re.compile("Of 10 themes that people find"))
    expect(title).to_be_visible(timeout=SECONDS * 1000)
    expect(office.page.get_by_text("reads now")).to_be_visible()


def by_keys(office: Visitor) -> None:
    page = office.page
    office.open("/coding/")
    coded = coded_today(office)
    comment = page.locator("[data-comment]")
    before = comment.inner_text()
    page.keyboard.press("/")
    page.keyboard.type("Rude")
    page.keyboard.press("Enter")
    rude = page.locator("#theme-rude-staff")
    expect(rude).to_be_checked()
    page.keyboard.press("0")
    expect(page.locator("#feeling-rude-staff0")).to_be_checked()
    page.keyboard.press("Enter")
    says_coded(office, coded + 1)
    expect(comment).not_to_have_text(before)
    page.keyboard.press("n")
    says_coded(office, coded + 2)
    page.keyboard.press("z")
    says_coded(office, coded + 1)
    taken_back = comment.inner_text()
    page.keyboard.press("s")
    expect(comment).not_to_have_text(taken_back)
    says_coded(office, coded + 1)


def coded_today(office: Visitor) -> int:
    """The demo company’s programme manager may have begun today already."""
    told = office.page.locator(".coding-progress").inner_text()
    found = re.search(r"You coded (\d+)", told)
    assert found, told
    return int(found[1])


def says_coded(office: Visitor, many: int) -> None:
    told = office.page.locator(".coding-progress")
    expect(told).to_contain_text(re.compile(rf"You coded {many} comments? today"))


def marked_words(office: Visitor) -> None:
    page = office.page
    office.open("/coding/")
    page.locator("#theme-price").check()
    first = page.evaluate(
        """() => {
            const comment = document.querySelector("[data-comment]");
            const range = document.createRange();
            range.setStart(comment.firstChild, 0);
            range.setEnd(comment.firstChild, comment.textContent.search(/\\s|$/));
            const chosen = window.getSelection();
            chosen.removeAllRanges();
            chosen.addRange(range);
            const text = range.toString();
            comment.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
            return text;
        }"""
    )
    chip = page.locator("[data-code]:has(#theme-price) [data-words] button")
    expect(chip).to_have_text(f"{first} ×")
    size = len(first)
    expect(page.locator("input[name=words-price]")).to_have_value(f"0-{size}")
    chip.click()
    expect(page.locator("input[name=words-price]")).to_have_value("")


def without_script(plain: Visitor) -> None:
    """The same page is a plain form."""
    plain.open("/")
    plain.page.locator(".demo-logins button", has_text="Programme manager").first.click()
    plain.page.locator(".side").wait_for()
    plain.open("/coding/")
    before = plain.page.locator("[data-comment]").inner_text()
    plain.page.locator("#theme-billing-error").check()
    plain.page.get_by_role("button", name="Save and next").click()
    expect(plain.page.locator("[data-comment]")).not_to_have_text(before)
