"""Does one problem on paper and as a slide say what its page says, and bear every text?"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pptx import Presentation
from pptx.util import Emu

from loopwell.calc.nps import Counts
from loopwell.console.pains.sheet import Group, Month, Quote, Sheet, Source, Work
from loopwell.console.pains.slides.deck import as_deck
from loopwell.console.pains.slides.fitting import clean, fitted, is_right_to_left, lines
from loopwell.responses.models import Masking, Response
from loopwell.themes.enums import MentionSource, ReportWay, ThemeKind
from loopwell.themes.models import Coding, Mention, Report, Theme
from tests import factories
from tests.conftest import NOW, Company

WORST = "Очередь 🙈🏽 " + "Ÿ" * 80 + " \x00\x07\ud800\ufffe\x1b[0m" + " تأخر التسليم كثيرا" * 20
HEBREW = "המשלוח איחר מאוד"
PLAIN = Sheet(
    title="Late delivery", kind="Defect", owner="Logistics", is_delight=False,
    sentence="20 % (±12) of customers name it: found in 8 of 40 answers.",
    filters="all time · all units", day="4 March 2026", voice="Written in comments",
    counts=Counts(5, 2, 1), affected="610", people="customers would name it, likely 300 to 1,100",
    complaints="Complaints: 12 · one in 51 of those affected complained",
    trend_said="Too few months to judge.",
    sources=[Source("Written in comments", "50 % ±25", "20 % ±12", "8 / 40", "−38 (−50 … −20)")],
    months=[Month(f"Month {n}", 10.0 + n, 5.0, 20.0 + n) for n in range(13)],
    groups=[Group("Units", "North", "40 % ±9", "20 / 50")],
    work=[Work("Two-hour slots", "Running · since 1 March 2026 · Mark")],
    quotes=[Quote("The parcel was late again.", 2, "4 March 2026 · North")] * 4,
)  # fmt: skip


def opened(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def texts(slide: Any) -> list[str]:
    """Of boxes and tables, in the order of the slide."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return [each for each in found if each]


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


@pytest.fixture
def late(company: Company, built: Callable[[], int]) -> Theme:
    theme = Theme.objects.create(
        slug="late", names={"en": "Late", "ru": "Поздно"}, kind=ThemeKind.DEFECT,
        owner_function={"en": "Logistics"},
    )  # fmt: skip
    small = Theme.objects.create(slug="small", names={"en": "Small"}, kind=ThemeKind.DEFECT)
    for place in range(40):
        each = factories.response(
            score=2 if place < 10 else 10, comment="The parcel was late.", unit=company.north,
            answered_at=NOW, customer=factories.customer(unit=company.north),
        )  # fmt: skip
        Coding.objects.create(response=each, coder=company.alice, at=NOW)
        if place < 9:
            Mention.objects.create(
                response=each, theme=late_or(theme, small, place), source=MentionSource.CODER,
                weight=Decimal(100), at=NOW,
            )  # fmt: skip
    Report.objects.create(
        theme=theme, unit=company.north, way=ReportWay.COMPLAINTS, on=NOW.date(), count=2
    )
    built()
    return theme


def late_or(late: Theme, small: Theme, place: int) -> Theme:
    return late if place < 8 else small


@pytest.fixture
def mark(client: Client, company: Company) -> Client:
    client.force_login(company.mark)
    return client


@pytest.mark.django_db
def test_a_page_of_paper_says_what_the_screen_says(mark: Client, late: Theme) -> None:
    page = mark.get(reverse("pains:print", args=["late"]), {"period": "all"})
    said = " ".join(page.content.decode().split()).replace("\u00a0", " ")
    screen = mark.get(reverse("pains:problem", args=["late"]), {"period": "all"})
    assert page.context["sheet"].sentence == screen.context["sentence"]
    assert "20 % (±12) of customers name it: found in 8 of 40 answers." in said
    for each in ("80 % ±23", "8 / 40", "Logistics", "The parcel was late.", "all time · all units",
                 "one in 4 of those affected complained"):  # fmt: skip
        assert each in said, each
    assert "<nav" not in said


@pytest.mark.django_db
def test_a_slide_holds_native_charts_tables_and_what_one_may_read(
    mark: Client, late: Theme
) -> None:
    answer = mark.get(reverse("pains:slide", args=["late"]), {"period": "all"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="late.pptx"'
    (slide,) = opened(answer.content).slides
    said = [each.replace("\u00a0", " ") for each in texts(slide)]
    assert said[0] == "Late"
    assert "Defect · Who can mend it: Logistics" in said
    for each in ("Written in comments", "80 % ±23", "20 % ±12", "8 / 40", "The parcel was late."):
        assert each in said
    assert any(each.startswith("Complaints: 2 · one in 4") for each in said)
    (shares,) = charts(slide)  # one month has no trend
    assert [(s.name, list(s.values)) for s in shares.plots[0].series] == [
        ("Detractors: 8", [8.0]), ("Passives: 0", [0.0]), ("Promoters: 0", [0.0]),
    ]  # fmt: skip


@pytest.mark.django_db
def test_an_outsider_gets_a_slide_without_answers(
    client: Client, company: Company, late: Theme
) -> None:
    client.force_login(company.oscar)
    answer = client.get(reverse("pains:slide", args=["late"]), {"period": "all"})
    (slide,) = opened(answer.content).slides
    said = " ".join(texts(slide))
    assert "Nobody named it here." in said
    assert "parcel" not in said
    assert "Complaints" not in said
    assert not charts(slide)
    assert client.get(reverse("pains:print", args=["none"])).status_code == 404


@pytest.mark.django_db
def test_the_deck_is_ranked_with_a_page_a_problem(mark: Client, late: Theme) -> None:
    answer = mark.get(reverse("pains:deck"), {"period": "all"})
    first, *rest = opened(answer.content).slides
    assert [texts(each)[0] for each in rest] == ["Late", "Small"]
    (table,) = [shape.table for shape in first.shapes if shape.has_table]
    assert [row.cells[0].text for row in table.rows] == ["Theme", "Late", "Small"]
    empty = mark.get(reverse("pains:deck"), {"period": "all", "show": "delights"})
    (slide,) = opened(empty.content).slides
    assert "No problem was found in these answers." in texts(slide)


def test_the_trend_is_a_chart_with_its_interval() -> None:
    (slide,) = opened(as_deck([PLAIN])).slides
    trend, _shares = charts(slide)
    series = trend.plots[0].series
    assert [each.name for each in series] == ["% of answers", "likely from", "to"]
    assert list(series[0].values) == [each.share for each in PLAIN.months]
    assert list(trend.plots[0].categories) == [each.label for each in PLAIN.months]


@pytest.mark.parametrize("text", [WORST, HEBREW * 30, "長い名前" * 60, "🙈" * 300, "a" * 500, ""])
def test_no_text_breaks_a_slide_or_runs_out_of_it(text: str) -> None:
    worst = Sheet(
        title=text, kind=text, owner=text, is_delight=True, sentence=text, filters=text, day=text,
        voice=text, counts=Counts(1, 2, 3), affected="12,345,678", people=text, complaints=text,
        trend_said=text, sources=[Source(text, text, text, text, text)] * 2,
        months=[Month(text, 1.0, 0.0, 2.0)] * 24, groups=[Group(text, text, text, text)] * 9,
        work=[Work(text, text)] * 9, quotes=[Quote(text, score, text) for score in (0, 8, 10, 3)],
    )  # fmt: skip
    made = opened(as_deck([worst, PLAIN], [[text] * 6] * 10))
    assert len(made.slides) == 3
    for slide in made.slides:
        for shape in slide.shapes:
            right, bottom = shape.left + shape.width, shape.top + shape.height
            assert right <= made.slide_width + Emu(9144), shape.name
            assert bottom <= made.slide_height, shape.name
            if shape.has_text_frame and shape.text_frame.text:
                run = shape.text_frame.paragraphs[0].runs[0]
                held = lines(run.text, shape.width.inches, run.font.size.pt)
                assert held * run.font.size.pt * 1.2 / 72 <= max(
                    shape.height.inches + 0.02, run.font.size.pt * 1.2 / 72
                )


def test_sections_do_not_cover_each_other() -> None:
    """Boxes of words stand in their column one under the other."""
    full = replace(PLAIN, groups=list(PLAIN.groups) * 6, work=list(PLAIN.work) * 3,
                   quotes=[Quote("A long story. " * 30, 2, "North")] * 4)  # fmt: skip
    (slide,) = opened(as_deck([full])).slides
    column = [each for each in slide.shapes if each.left.inches > 7 and each.top.inches > 1.6]
    told = [each for each in column if each.has_table or each.has_text_frame]
    for one, other in pairwise(told):
        if one.left == other.left:
            assert other.top.inches >= one.top.inches + 0.17, (one.name, other.name)
    foot = min(each.top.inches for each in column if each.top.inches > 6.7)
    assert all(each.top.inches < foot for each in told[:-1])


def test_right_to_left_is_said_to_be() -> None:
    (slide,) = opened(as_deck([replace(PLAIN, title=HEBREW)])).slides
    xml = slide.shapes[0].text_frame._txBody.xml
    assert re.search(r'<a:pPr[^>]* rtl="1"', xml)
    assert (is_right_to_left("12 שלום"), is_right_to_left("12 a שלום")) == (True, False)


def test_words_are_made_smaller_then_cut() -> None:
    assert clean("a\x00b\x07\ud800 c\n\td") == "a b c d"
    one = fitted("short", width=4, height=0.5, sizes=(20, 10))
    assert (one.text, one.size) == ("short", 20)
    longer = fitted("word " * 12, width=3, height=0.4, sizes=(20, 10))
    assert (longer.text.endswith("word"), longer.size) == (True, 10)
    longest = fitted("word " * 400, width=3, height=0.4, sizes=(20, 10))
    assert longest.text.endswith("…")
    assert lines(longest.text, 3, 10) <= 2


@pytest.mark.django_db
def test_personal_data_is_as_in_every_file(mark: Client, late: Theme) -> None:
    said = "Late. Call me: +48 601 234 567"
    Response.objects.filter(mentions__theme=late).update(comment=said)

    def slide() -> str:
        answer = mark.get(reverse("pains:slide", args=["late"]), {"period": "all"})
        return " ".join(texts(opened(answer.content).slides[0]))

    assert "601 234 567" in slide()
    Masking.objects.create(in_exports=True)
    masked = slide()
    assert "601" not in masked
    assert "Late. Call me" in masked
    page = mark.get(reverse("pains:print", args=["late"]), {"period": "all"})
    assert b"601 234" not in page.content
