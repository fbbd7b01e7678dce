"""Is somebody called again at ever other hours, and does it end after the last try?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loopwell.cases.enums import Outcome, Result
from loopwell.cases.models import Case, Closure, Policy
from loopwell.cases.operations import record_attempt, reopen_case
from loopwell.cases.queries.tries import callback_presets, misses
from loopwell.cases.rules.tries import next_try
from loopwell.journal.models import Entry
from loopwell.kit.working_time import Calendar
from tests.conftest import NOW, Company

WARSAW = Calendar(ZoneInfo("Europe/Warsaw"))


def test_each_try_is_at_another_hour_than_all_before() -> None:
    tries = [datetime(2026, 3, 4, 9, 0, tzinfo=UTC)]
    for _number in range(4):
        tries.append(next_try(tries, calendar=WARSAW))
    local = [at.astimezone(WARSAW.zone) for at in tries]
    assert [at.day for at in local] == [4, 5, 6, 9, 10]  # the weekend is left out
    minutes = [at.hour * 60 + at.minute for at in local]
    assert all(9 * 60 <= each < 18 * 60 for each in minutes)
    gaps = [abs(a - b) for place, a in enumerate(minutes) for b in minutes[:place]]
    assert min(gaps) >= 60


def _try(case: Case, company: Company, outcome: Outcome, **fields: object) -> Case:
    version = Case.objects.get(pk=case.pk).version
    return record_attempt(
        actor=company.actor("fiona"), now=NOW, case=case, version=version, outcome=outcome,
        **fields,
    )  # fmt: skip


def test_the_last_try_ends_the_case_with_a_letter(case: Case, company: Company) -> None:
    Policy.objects.create(most_tries=2)
    assert _try(case, company, Outcome.BUSY).closed_at is None
    assert misses(case).is_last
    ended = _try(case, company, Outcome.NO_ANSWER)
    assert ended.closed_at == NOW
    closure = Closure.objects.get(case=case)
    assert (closure.result, closure.by) == (Result.UNREACHABLE, None)
    assert case.letters.get().purpose == "unreachable"
    assert Entry.objects.get(type="case.closed").actor == "system"
    later = NOW + timedelta(days=1)
    again = reopen_case(
        actor=company.actor("fiona"), now=later, case=case, version=ended.version, reason="Wrote"
    )
    assert misses(again).left == 2


@pytest.mark.parametrize(
    ("outcome", "fields"),
    [
        (Outcome.WRONG_NUMBER, {}),
        (Outcome.REACHED, {}),
        (Outcome.NO_ANSWER, {"next_at": NOW + timedelta(hours=3)}),
    ],
)
def test_it_goes_on_where_there_is_a_way(
    case: Case, company: Company, outcome: Outcome, fields: dict[str, datetime]
) -> None:
    Policy.objects.create(most_tries=1)
    assert _try(case, company, outcome, **fields).closed_at is None
    assert case.letters.count() == 0


def test_times_offered_are_working_times(case: Case) -> None:
    names = [each.name for each in callback_presets(case, NOW)]
    assert names == ["hour", "afternoon", "tomorrow"]
    late = NOW.replace(hour=17)
    (morning,) = callback_presets(case, late)
    assert (morning.name, morning.at.date()) == ("tomorrow", late.date() + timedelta(days=1))
