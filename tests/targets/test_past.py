"""Which value had a target on a day that is past?"""

from datetime import UTC, date, datetime

from pytest_django import DjangoAssertNumQueries

from loopwell.targets.enums import Period
from loopwell.targets.models import Target
from loopwell.targets.operations import TargetDraft, set_target
from loopwell.targets.queries.past import Aimed, aimed_at_end, aimed_on
from tests.conftest import Company


def moment(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def put(company: Company, value: float, now: datetime) -> Target:
    draft = TargetDraft("nps", Period.QUARTER, date(2026, 1, 1), value)
    return set_target(actor=company.actor("alice"), now=now, draft=draft)


def test_every_day_has_the_value_of_the_last_change_before_it(company: Company) -> None:
    put(company, 10, moment(1, 5))
    put(company, 20, moment(2, 5))
    target = put(company, 30, moment(4, 5))

    def on(month: int, day: int) -> Aimed:
        return aimed_on([target], date(2026, month, day))[target.pk]

    assert on(1, 1) == Aimed(30, moment(4, 5), set_later=True)
    assert on(2, 1) == Aimed(10, moment(4, 5))
    assert on(4, 1) == Aimed(20, moment(4, 5))
    assert on(5, 1) == Aimed(30)
    assert aimed_at_end([target]) == {target.pk: Aimed(20, moment(4, 5))}


def test_one_set_back_to_what_it_was_counts_as_not_changed(company: Company) -> None:
    put(company, 10, moment(1, 5))
    put(company, 99, moment(4, 5))
    target = put(company, 10, moment(4, 6))

    assert aimed_at_end([target]) == {target.pk: Aimed(10)}


def test_one_without_a_journal_tells_its_first_change(company: Company) -> None:
    Target.objects.create(
        metric="nps", period=Period.QUARTER, start=date(2026, 1, 1), end=date(2026, 4, 1),
        value=15, set_at=moment(1, 2),
    )  # fmt: skip
    target = put(company, 40, moment(5, 1))

    assert aimed_at_end([target]) == {target.pk: Aimed(15, moment(5, 1))}


def test_the_journal_is_read_once_and_only_where_something_changed(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    target = put(company, 10, moment(1, 5))
    with django_assert_num_queries(0):
        aimed_at_end([target])
    others = [
        Target.objects.create(
            metric=f"m{n}", period=Period.QUARTER, start=date(2026, 1, 1), end=date(2026, 4, 1),
            value=1, set_at=moment(6, 1),
        )
        for n in range(3)
    ]  # fmt: skip
    with django_assert_num_queries(1):
        aimed_at_end([target, *others])
