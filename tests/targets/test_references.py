"""Is every row held against the target that holds for it?"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from loopwell.access.enums import UnitKind
from loopwell.access.models import Unit
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM
from loopwell.insights.asking import Against, Comparison, Filters, Question
from loopwell.insights.comparing import compare
from loopwell.targets.models import Target
from tests import factories
from tests.conftest import Company

MARCH = Filters(start=date(2026, 3, 1), end=date(2026, 4, 1))


def aim(value: float, unit: Unit | None, **fields: object) -> None:
    values = {"metric": "nps", "period": "month", "start": MARCH.start, "end": MARCH.end}
    Target.objects.create(value=value, unit=unit, **{**values, **fields})


def test_own_target_else_that_above(company: Company, built: Callable[[], int]) -> None:
    team = create_unit(actor=SYSTEM, name="Team", parent=company.north, kind=UnitKind.TEAM)
    for unit in (team, company.south):
        at = datetime(2026, 3, 2, 12, tzinfo=UTC)
        factories.response(unit=unit, score=10, answered_at=at)
    aim(20, None, period="year", start=date(2026, 1, 1), end=date(2027, 1, 1))
    aim(30, None)
    aim(40, company.north)
    aim(50, company.south, start=date(2026, 2, 1), end=date(2026, 3, 1))
    aim(60, company.south, kind="transactional")
    built()
    alice, against = company.actor("alice"), Comparison(Against.TARGET)

    by_unit = {
        each.row.key[0]: each.other and each.other.value
        for each in compare(Question("nps", ("unit",), "", MARCH), against, alice)
    }
    whole = compare(Question("nps", filters=MARCH), against, alice)
    months = compare(Question("nps", grain="month"), against, alice)

    assert by_unit == {team.pk: 40, company.south.pk: 30}
    assert [each.other and each.other.value for each in whole] == [30]
    assert whole[0].difference is not None
    assert whole[0].difference.value == 70
    assert [each.other and each.other.value for each in months] == [30]
    other = compare(Question("promoters", filters=MARCH), against, alice)
    assert other[0].other is None
    april = Filters(start=date(2026, 4, 1), end=date(2026, 5, 1))
    later = compare(Question("nps", filters=april), against, alice)
    assert [each.other and each.other.value for each in later] == [20]
