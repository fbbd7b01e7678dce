"""The HTML report is one safe file that shows what the numbers are."""

import re
from html.parser import HTMLParser
from pathlib import Path

from tests.report.conftest import Run

HEBREW = "השירות היה איטי מאוד"
ROWS = [
    ("score", "why", "branch", "on", "price"),
    *[
        ("2", f"slow <script>alert({i})</script> & 'slow' 😡", "A", "2026-01-20", "1")
        for i in range(40)
    ],
    *[("10", "quick and kind 👍", "B<b>", "2026-02-20", "5") for _i in range(60)],
    *[("1", f"slow {HEBREW}", "A", "2026-03-20", "2") for _i in range(30)],
    ("0", "slow " + "very long " * 450, "A", "2026-03-20", "2"),
]


class Outline(HTMLParser):
    """Tags seen and anything that would load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [str(value) for name, value in attrs if name in ("src", "href", "style")]
        self.loads += [name for name, _value in attrs if name.startswith("on")]


def page(report: Run, folder: Path) -> str:
    source, target = folder / "answers.csv", folder / "report.html"
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
    source.write_text("\n".join(lines), encoding="utf-8")
    found = report(source, "--score", "score", "--comment", "why", "--by", "branch", "--date", "on",
                   "--driver", "price", "--out", target)  # fmt: skip
    assert found.code == 0
    return target.read_text(encoding="utf-8")


def test_it_is_one_file_without_scripts_or_network(report: Run, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    outline = Outline()
    outline.feed(text)
    assert "script" not in outline.tags
    assert "link" not in outline.tags
    assert outline.loads == []
    assert not re.search(r"url\(|@import|https?://", text)


def test_comments_and_groups_are_escaped(report: Run, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    assert "&lt;script&gt;alert(" in text
    assert "B&lt;b&gt;" in text


def test_comments_keep_emoji_and_their_own_direction(report: Run, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    assert f'<blockquote dir="auto">slow {HEBREW}</blockquote>' in text
    assert "👍" in text
    assert max(len(quote) for quote in re.findall(r"<blockquote[^>]*>([^<]*)", text)) < 400


def test_titles_say_the_answer(report: Run, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    titles = re.findall(r"<h[12][^>]*>([^<]*)<", text)
    assert titles[0] == "NPS −8.4, between −25.0 and +8.7"
    assert titles[1].replace("\u202f", " ") == "46 % are promoters, 54 % detractors"
    assert "March 2026" in titles[2]
    assert titles[3] == "branch: “A” is 200 points below the rest"


def test_every_group_has_its_number_beside_the_picture(report: Run, tmp_path: Path) -> None:
    text = page(report, tmp_path)
    assert text.count('<svg class="interval"') == 2
    assert re.search(r"−100\.0</td>\s*<td class=\"n wide\">−100\.0 to −89", text)
