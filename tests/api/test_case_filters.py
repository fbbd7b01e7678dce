"""Does the API list cases by the same filters as the queue?"""

from datetime import datetime

import pytest

from loopwell.cases.models import Case
from loopwell.journal.reading import consume_all
from tests.api.conftest import Programs
from tests.conftest import Company
from tests.factories import customer, survey


@pytest.fixture
def case(company: Company, now: datetime, program: Programs) -> Case:
    who = customer(external_id="C7", unit=company.north, name="Anna Smith", language="pl")
    given = {"survey": survey().ref, "score": 1, "customer": {"ref": who.ref}}
    program().post("/responses", given)
    consume_all(now=now)
    return Case.objects.get()


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("category=detractor", True), ("category=silent", False), ("lowest=2", False),
        ("highest=1", True), ("priority=2", True), ("priority=1", False), ("language=pl", True),
        ("language=uk", False), ("q=anna", True), ("q=zoe", False), ("has_replied=true", False),
        ("churn_risk=gone", False), ("owner=nobody", False), ("owner=mark@acme.example", True),
        ("rule=nothing", False), ("survey=nothing", False), ("account=nothing", False),
    ],
)  # fmt: skip
def test_filters(case: Case, program: Programs, query: str, fits: bool) -> None:
    found = [row["ref"] for row in program().get(f"/cases?{query}").json()["items"]]
    assert found == ([case.ref] if fits else [])


def test_nonsense_is_refused(program: Programs) -> None:
    for query in ("priority=9", "category=angry", "churn_risk=maybe", "lowest=11"):
        assert program().get(f"/cases?{query}").status_code == 422, query
