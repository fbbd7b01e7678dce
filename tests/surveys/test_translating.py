"""Translations: what is missing, files for translators, and files that come back."""

import json
from io import BytesIO

import openpyxl
import pytest

from loopwell.surveys.models import Version
from loopwell.surveys.templates import TEMPLATES, as_version
from loopwell.surveys.translating import Translation, checked, overview, translation_of
from loopwell.surveys.translating_files import FileRefused, read, to_json, to_xlsx


@pytest.fixture
def version() -> Version:
    made = as_version(TEMPLATES["delivery"])
    made.texts = {code: dict(made.texts[code]) for code in ("en", "pl")}
    return made


def with_target(given: Translation, **targets: str) -> Translation:
    """As a translator returns it: these keys (dots as __) say something else."""
    said = {key.replace("__", "."): text for key, text in targets.items()}
    whole = json.loads(to_json(given))
    for row in whole["texts"]:
        row["target"] = said.get(row["key"], row["target"])
    return read(json.dumps(whole).encode())


def test_the_overview_tells_what_is_missing_where(version: Version) -> None:
    version.texts["pl"] |= {"problem.late": " ", "subject": "x" * 121, "why_passive": ""}
    seen = overview(version)

    assert [(code, share) for code, _done, share in seen.languages] == [
        ("en", 100),
        ("pl", 92),
    ]  # 25 of 27
    cells = {str(row.what): row.cells for row in seen.rows}
    assert cells["Choice 1"] == ("", "missing")
    assert cells["Subject"] == ("", "At most 120 characters.")
    assert cells["The same, to passives"] == ("", None)


@pytest.mark.parametrize("write", [to_xlsx, to_json])
@pytest.mark.parametrize("key", list(TEMPLATES))
@pytest.mark.parametrize("language", ["ru", "uk", "pl"])
def test_a_file_that_comes_back_untouched_changes_nothing(write, key, language) -> None:  # type: ignore[no-untyped-def]  # parametrised
    version = as_version(TEMPLATES[key])
    seen = checked(version, read(write(translation_of(version, language))))

    assert (seen.changes, seen.problems) == ((), ())


def test_what_begins_like_a_formula_stays_text(version: Version) -> None:
    version.texts["pl"]["thanks"] = '=HYPERLINK("http://evil.example","x")'
    data = to_xlsx(translation_of(version, "pl"))
    cells = [
        cell for row in openpyxl.load_workbook(BytesIO(data)).active.iter_rows() for cell in row
    ]

    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert [cell.value for cell in cells if str(cell.value).startswith("=")]
    assert checked(version, read(data)).problems == ()


def test_a_changed_text_is_shown_before_and_after(version: Version) -> None:
    seen = checked(version, with_target(translation_of(version, "pl"), thanks="Dziękujemy!"))

    assert [(c.key, c.after) for c in seen.changes] == [("thanks", "Dziękujemy!")]
    assert seen.changes[0].before == version.texts["pl"]["thanks"]


def test_a_new_language_comes_by_file(version: Version) -> None:
    uk = TEMPLATES["delivery"].texts["uk"]
    given = translation_of(version, "uk")
    said = {e.key.replace(".", "__"): uk.get(e.key, "") for e in given.entries}
    seen = checked(version, with_target(given, **said))

    assert seen.problems == ()
    assert len(seen.changes) == len([text for text in said.values() if text])


def test_every_problem_has_its_row(version: Version) -> None:
    given = translation_of(version, "pl")
    whole = json.loads(to_json(given))
    rows = whole["texts"]
    places = {row["key"]: n for n, row in enumerate(rows, 1)}
    for key, target in {
        "question": "Czy nas polecą?", "low": "x" * 61, "greeting": "{company} {nobody}",
        "footer": "Klient {company", "unsubscribe": "Dość",
    }.items():  # fmt: skip
        rows[places[key] - 1]["target"] = target
    rows[places["unsubscribe"] - 1]["source"] = "Older words"
    rows += [{"key": "nothing", "target": "x"}, {"key": "thanks", "target": "Dzięki"}]
    seen = checked(version, read(json.dumps(whole).encode()))

    assert [(p.row, p.key) for p in seen.problems] == sorted(
        [
            (places["question"], "question"), (places["low"], "low"),
            (places["greeting"], "greeting"), (places["footer"], "footer"),
            (places["unsubscribe"], "unsubscribe"),
            (len(rows) - 1, "nothing"), (len(rows), "thanks"),
        ]
    )  # fmt: skip
    assert [p.message for p in seen.problems if p.key == "question"] == [
        "The translation lacks {company}."
    ]


def test_an_unknown_language_is_refused(version: Version) -> None:
    seen = checked(version, translation_of(version, "xx"))

    assert seen.problems[0].message == "We do not know the language “xx”."


def test_a_real_formula_and_a_date_are_no_texts(version: Version) -> None:
    book = openpyxl.load_workbook(BytesIO(to_xlsx(translation_of(version, "pl"))))
    book.active["D3"] = "=1+1"
    out = BytesIO()
    book.save(out)

    with pytest.raises(FileRefused, match="Row 3"):
        read(out.getvalue())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"key,what it is,source,target\nthanks,x,y,z\n", "CSV"),
        (b"\xd0\xcf\x11\xe0 old excel", "old Excel"),
        ('{"texts": [\n"Dzi\u0119kujemy'.encode("cp1250"), "Line 2 is not written in UTF-8"),
        (b'{"source": "en", "target"', "breaks off in line 1"),
        (b'{"source": "en", "target": 3, "texts": []}', "not one of ours"),
        (b'{"source": "en", "target": "pl", "texts": [7]}', "Row 1"),
        (b"[]", "not one of ours"),
        (b"[" * 200_000, "not one of ours"),
        (b"PK\x03\x04 broken", "damaged"),
        (b" " * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_translation_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read(data)
