"""The taxonomy, what answers are about, the pain map and initiatives over the API."""

import pytest

from loopwell.access.enums import Right
from loopwell.initiatives.models import Initiative
from loopwell.themes.enums import ThemeKind
from loopwell.themes.models import Mention, Theme
from tests import factories
from tests.api.conftest import Programs
from tests.conftest import Company


@pytest.fixture
def late(company: Company) -> Theme:
    return Theme.objects.create(slug="came-late", names={"en": "Came late"}, kind=ThemeKind.DEFECT)


def test_a_theme_is_added_changed_moved_retired_and_restored(
    company: Company, late: Theme, program: Programs
) -> None:
    mine = program()
    body = {"names": {"en": "Parking", "pl": "Parking"}, "kind": "absence", "under": "came-late"}
    made = mine.call("POST", "/themes", body)
    assert made.status_code == 201
    assert (made.json()["slug"], made.json()["under"]) == ("parking", "came-late")

    change = {"definition": {"en": "No place for the car"}, "under": ""}
    changed = mine.call("PATCH", "/themes/parking", change).json()
    assert (changed["under"], changed["definition"]) == (None, change["definition"])
    assert changed["names"] == body["names"]

    assert mine.call("POST", "/themes/parking/retire", {}).json()["retired_at"] is not None
    assert "parking" not in [t["slug"] for t in mine.get("/themes").json()["items"]]
    assert [t["slug"] for t in mine.get("/themes?retired=true").json()["items"]] == ["parking"]
    assert mine.call("POST", "/themes/parking/restore", {}).json()["retired_at"] is None


def test_merging_says_first_what_it_touches(
    company: Company, late: Theme, program: Programs
) -> None:
    mine = program()
    other = Theme.objects.create(slug="slow", names={"en": "Slow"}, kind=ThemeKind.DEFECT)
    answer = factories.response(score=2, comment="slow", unit=company.north)
    Mention.objects.create(response=answer, theme=other, source="coder", weight=100)

    seen = mine.call("POST", "/themes/slow/merge", {"into": "came-late", "preview": True}).json()
    assert seen == {"answers": 1, "mentions": {"coder": 1}, "rules": 0, "done": False}
    assert Theme.objects.get(slug="slow").retired_at is None

    done = mine.call("POST", "/themes/slow/merge", {"into": "came-late"}).json()
    assert done["done"] is True
    assert mine.get("/themes/slow").json()["merged_into"] == "came-late"
    assert Mention.objects.get().theme == late


def test_wrong_values_name_their_place(company: Company, late: Theme, program: Programs) -> None:
    mine = program()
    body = {"names": {"en": "X"}, "kind": "defect", "under": "nowhere"}
    assert list(mine.call("POST", "/themes", body).json()["error"]["fields"]) == ["body.under"]
    merge = mine.call("POST", "/themes/came-late/merge", {"into": "nowhere"})
    assert list(merge.json()["error"]["fields"]) == ["body.into"]
    assert mine.get("/themes/nowhere").status_code == 404


def test_a_reader_changes_nothing(company: Company, late: Theme, program: Programs) -> None:
    reader = program(rights=[Right.READ_ANSWERS])
    assert reader.get("/themes/came-late").status_code == 200
    assert reader.call("POST", "/themes/came-late/retire", {}).status_code == 403
    assert reader.call("PATCH", "/themes/came-late", {"kind": "delight"}).status_code == 403


def test_what_an_answer_is_about_by_source(
    company: Company, late: Theme, program: Programs
) -> None:
    answer = factories.response(score=2, comment="It came late", unit=company.north)
    Mention.objects.create(
        response=answer, theme=late, source="model", weight=100, confidence=0.8, words=[[8, 12]]
    )

    told = program().get(f"/responses/{answer.ref}/themes").json()["items"]

    assert told == [{"theme": "came-late", "source": "model", "words": ["late"], "sure": 80}]
    theirs = program(company.south, rights=[Right.READ_ANSWERS])
    assert theirs.get(f"/responses/{answer.ref}/themes").status_code == 404


def test_the_pain_map_answers_without_anything(company: Company, program: Programs) -> None:
    told = program().get("/pains?voice=call&first=2026-01-01&last=2026-01-31").json()
    assert (told["voice"], told["base"], told["pains"]) == ("call", 0, [])
    assert program().get("/pains?unit=nowhere").status_code == 422
    assert program().get("/pains?voice=dream").status_code == 422


def test_an_initiative_is_proposed_begun_and_talked_about(
    company: Company, late: Theme, program: Programs
) -> None:
    mine = program()
    body = {"title": "Two-hour slots", "themes": ["came-late"], "units": ["N1"],
            "expected_nps": 2.0, "expected_nps_low": 1.0, "expected_nps_high": 3.0}  # fmt: skip
    made = mine.call("POST", "/initiatives", body)
    assert made.status_code == 201
    ref = made.json()["ref"]
    assert (made.json()["state"], made.json()["themes"]) == ("idea", ["came-late"])

    rolled = mine.call("PUT", f"/initiatives/{ref}/roll-outs", {"unit": "N1", "on": "2026-02-01"})
    assert rolled.json()["on"] == "2026-02-01"
    comment = mine.call("POST", f"/initiatives/{ref}/comments", {"text": "Good idea"})
    assert comment.status_code == 201
    whole = mine.get(f"/initiatives/{ref}").json()
    assert [each["unit"]["external_id"] for each in whole["roll_outs"]] == ["N1"]
    assert [each["ref"] for each in mine.get("/initiatives?state=idea").json()["items"]] == [ref]
    assert mine.get("/initiatives?state=done").json()["items"] == []


def test_an_initiative_of_others_is_not_there_and_wrong_values_are_named(
    company: Company, late: Theme, program: Programs
) -> None:
    mine = program()
    bad = mine.call("POST", "/initiatives", {"title": "x", "themes": ["nowhere"]})
    assert list(bad.json()["error"]["fields"]) == ["body.themes[0]"]
    bad = mine.call("POST", "/initiatives", {"title": "x", "units": ["nowhere"]})
    assert list(bad.json()["error"]["fields"]) == ["body.units[0]"]
    assert not Initiative.objects.exists()
    body = {"title": "x", "units": ["N1"], "themes": ["came-late"]}
    ref = mine.call("POST", "/initiatives", body).json()["ref"]

    theirs = program(company.south, rights=[Right.READ_ANSWERS, Right.SET_TARGETS])

    assert theirs.get(f"/initiatives/{ref}").status_code == 404
    moved = theirs.call("POST", f"/initiatives/{ref}/state", {"to": "approved", "version": 1})
    assert moved.status_code == 404
    reader = program(rights=[Right.READ_ANSWERS])
    moved = reader.call("POST", f"/initiatives/{ref}/state", {"to": "approved", "version": 1})
    assert moved.status_code == 403
