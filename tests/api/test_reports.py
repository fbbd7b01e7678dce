"""Complaints over the API: all or none, in the key's own units, wrong values by their place."""

from collections.abc import Callable

import pytest

from loopwell.access.enums import Right
from loopwell.themes.enums import ThemeKind
from loopwell.themes.models import Report, Theme
from tests.api.conftest import Programs
from tests.conftest import Company


@pytest.fixture
def late(company: Company) -> Theme:
    names = {"en": "Came late", "pl": "Za późno"}
    return Theme.objects.create(slug="came-late", names=names, kind=ThemeKind.DEFECT)


def report(**changed: object) -> dict[str, object]:
    return {"theme": "came-late", "unit": "N1", "on": "2026-02-01", "count": 4, **changed}


def test_counts_are_written_replaced_and_read(
    company: Company, late: Theme, program: Programs
) -> None:
    mine = program()
    body = {"reports": [report(), report(theme="Za późno", way="social", on="2026-02-14")]}
    assert mine.call("POST", "/reports", body).json() == {"written": 2}
    mine.call("POST", "/reports", {"reports": [report(count=6)]})
    first, second = mine.get("/reports?first=2026-02-01&last=2026-02-28&unit=N1").json()["items"]
    assert (first["on"], first["way"], second["count"]) == ("2026-02-14", "social", 6)
    assert second["theme"] == {"slug": "came-late", "name": "Came late"}
    assert mine.get("/reports?way=employees").json()["items"] == []
    theirs = program(company.south, rights=[Right.READ_ANSWERS])
    assert theirs.get("/reports").json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"theme": "Noise"}, "theme"), ({"unit": "X"}, "unit"), ({"on": "2999-01-01"}, "on"),
        ({"count": -1}, "count"), ({"way": "luck"}, "way"), ({"count": 1.5}, "count"),
    ],
)  # fmt: skip
def test_wrong_values_name_their_place_and_write_nothing(
    company: Company, late: Theme, program: Programs, wrong: dict[str, object], place: str
) -> None:
    answer = program().call("POST", "/reports", {"reports": [report(), report(**wrong)]})
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [f"body.reports[1].{place}"]
    assert not Report.objects.exists()


def test_a_key_writes_for_its_own_units_only(
    company: Company, late: Theme, program: Programs
) -> None:
    theirs: Callable[..., object] = program(company.south, rights=[Right.IMPORT_DATA]).call
    answer = theirs("POST", "/reports", {"reports": [report()]})
    assert list(answer.json()["error"]["fields"]) == ["body.reports[0].unit"]  # type: ignore[attr-defined]
    reader = program(rights=[Right.READ_ANSWERS])
    assert reader.call("POST", "/reports", {"reports": [report()]}).status_code == 403
    assert not Report.objects.exists()
