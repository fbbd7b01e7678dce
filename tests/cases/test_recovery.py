"""Is it counted rightly whom calling won back, against whom nobody called?"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Outcome, RedressState, Result
from loopwell.cases.models import Attempt, Case, Closure, JoinedAnswer, Policy, Redress
from loopwell.cases.operations.asking_again import NOT_TWICE_WITHIN, ask_again, leave_in_history
from loopwell.cases.queries.asking_again import asks_again
from loopwell.cases.queries.recovery import RecoveryFilter, cost_of, pairs
from loopwell.cases.rules.recovery import Care, Pair, recovery_of
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.people.models import Customer, Interaction
from loopwell.responses.models import Response
from loopwell.sampling.enums import After
from loopwell.sampling.models import ContactException
from loopwell.surveys.templates.recovery import AFTER_A_CASE
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
EVERYTHING = RecoveryFilter()
DAY = timedelta(days=1)


def unhappy(company: Company, *, score: int = 2, **fields: Any) -> Response:
    return factories.response(
        **{"score": score, "unit": company.north, "answered_at": NOW - 60 * DAY} | fields
    )


def again(first: Response, score: int, *, after: timedelta = 40 * DAY) -> Response:
    return factories.response(
        score=score, unit=first.unit, customer=first.customer, answered_at=first.answered_at + after
    )


def worked(answer: Response, company: Company, *, outcome: Outcome = Outcome.REACHED,
           after: timedelta = timedelta(hours=5)) -> Case:  # fmt: skip
    at = answer.answered_at
    case = Case.objects.create(
        response=answer, customer=answer.customer, unit=answer.unit, owner=company.mark,
        score=answer.score, opened_at=at, due_at=at, next_step_at=at,
    )  # fmt: skip
    Attempt.objects.create(case=case, outcome=outcome, by=company.mark, at=at + after)
    return case


def found(company: Company, **wanted: Any) -> list[Pair]:
    return list(pairs(company.actor("alice"), RecoveryFilter(**wanted)))


def test_called_and_came_back(company: Company) -> None:
    first = unhappy(company)
    case = worked(first, company)
    again(first, 8)
    (pair,) = found(company)
    assert pair.care is Care.CALLED
    assert pair.case_id == case.pk
    assert pair.contact == timedelta(hours=5)
    assert (pair.next_score, pair.recovered) == (8, True)
    assert pair.team == "North"


def test_a_call_after_the_next_answer_had_no_part_in_it(company: Company) -> None:
    first = unhappy(company)
    worked(first, company, after=50 * DAY)
    again(first, 9)
    assert [pair.care for pair in found(company)] == [Care.NOBODY]


def test_tried_but_not_reached_and_refused_are_apart(company: Company) -> None:
    tried, refused, silent = unhappy(company), unhappy(company), unhappy(company)
    worked(tried, company, outcome=Outcome.NO_ANSWER)
    worked(refused, company, outcome=Outcome.REFUSED)
    no_consent = unhappy(company, contact_consent=False)
    care = [pair.care for pair in found(company)]
    assert care == [Care.NOT_REACHED, Care.REFUSED, Care.NOBODY, Care.REFUSED]
    assert {silent.customer, no_consent.customer} <= set(Customer.objects.all())


def test_what_comes_within_a_week_is_the_same_mood(company: Company) -> None:
    first = unhappy(company)
    again(first, 10, after=3 * DAY)
    assert found(company)[0].next_score is None
    again(first, 4, after=9 * DAY)
    assert found(company)[0].next_score == 4


def test_each_customer_counts_once_by_the_first_unhappy_answer(company: Company) -> None:
    happy = factories.response(score=10, unit=company.north, answered_at=NOW - 90 * DAY)
    first = unhappy(company, customer=happy.customer)
    again(first, 3)
    (pair,) = found(company)
    assert pair.answered_at == first.answered_at
    assert pair.next_score == 3


def test_a_joined_answer_was_taken_care_of_too(company: Company) -> None:
    opener, joined = unhappy(company), unhappy(company)
    JoinedAnswer.objects.create(case=worked(opener, company), response=joined)
    assert [pair.care for pair in found(company)] == [Care.CALLED, Care.CALLED]


def test_scope_period_and_segment(company: Company) -> None:
    north = unhappy(company, properties={"segment": "Gold"})
    south = unhappy(company, unit=company.south)
    mark = company.actor("mark")
    assert len(list(pairs(mark, EVERYTHING))) == 1
    assert len(found(company)) == 2
    assert len(found(company, unit_path=company.south.path)) == 1
    assert found(company, start=NOW - 10 * DAY) == []
    assert found(company, segment="segment")[0].stratum[2] == "Gold"
    assert found(company)[0].stratum[2] == str(north.unit_id)
    (only,) = pairs(company.actor("oscar"), EVERYTHING)
    assert only.stratum[2] == str(south.unit_id)


def test_few_queries_for_any_number(company: Company, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        again(unhappy(company), 9)
    with django_assert_max_num_queries(5):
        assert len(found(company)) == 12


def pair(care: Care, score: int | None, *, stratum: str = "a", **fields: Any) -> Pair:
    at = NOW + 40 * DAY if score is not None else None
    return Pair((stratum,), care, NOW, next_score=score, next_at=at, **fields)


def test_the_numbers_of_the_page() -> None:
    called = [pair(Care.CALLED, s, case_id=i, team="North", contact=timedelta(hours=h))
              for i, (s, h) in enumerate([(9, 1), (8, 2), (3, 30), (None, 90)])]  # fmt: skip
    others = [pair(Care.NOBODY, s) for s in (2, 7, 5)] + [pair(Care.NOBODY, 9, stratum="b")]
    result = recovery_of([*called, *others, pair(Care.REFUSED, 10)])
    row = result.row(Care.CALLED)
    assert (row.asked, row.answered, row.won) == (4, 3, 2)
    assert (row.detractors, row.passives, row.promoters) == (1, 1, 1)
    assert row.days == 40
    assert row.too_few
    assert result.effect is not None
    assert result.effect.difference.value == pytest.approx(100 / 3)
    assert (result.effect.treated, result.effect.others) == (3, 3)
    assert [r.answered for r in result.speed] == [2, 0, 1, 0]
    assert [r.key for r in result.teams] == ["North"]
    assert list(result.called_cases) == [0, 1, 2, 3]


def test_nobody_was_called() -> None:
    result = recovery_of([pair(Care.NOBODY, 3)])
    assert result.effect is None
    assert result.row(Care.CALLED).recovered is None
    assert result.speed_p is None


def test_what_calling_cost(company: Company) -> None:
    Policy.objects.update_or_create(
        pk=1, defaults={"hour_cost": Decimal(30), "currency": "EUR", "call_minutes": 20}
    )
    first, second = worked(unhappy(company), company), worked(unhappy(company), company)
    Closure.objects.create(case=first, result=Result.SOLVED, learnt="x", minutes=40)
    given = [
        (25, "EUR", RedressState.GIVEN),
        (99, "EUR", RedressState.ASKED),
        (10, "USD", RedressState.APPROVED),
    ]
    for amount, currency, state in given:
        Redress.objects.create(case=first, what="x", amount=amount, currency=currency, state=state)
    cost = cost_of([first.pk, second.pk])
    assert (cost.cases, cost.assumed, cost.minutes) == (2, 1, 60)
    assert (cost.time, cost.redress, cost.total) == (Decimal(30), Decimal(25), Decimal(55))
    assert list(cost.other) == [("USD", Decimal(10))]


def test_asking_again_is_set_up_once_with_reasons(company: Company) -> None:
    alice = company.actor("alice")
    programme = ask_again(actor=alice, now=NOW, days=30)
    assert asks_again() == programme
    assert programme.started_at == NOW
    assert programme.delay_minutes == 30 * 24 * 60
    broken = set(ContactException.objects.values_list("after", flat=True))
    assert broken == {After.INVITATION, After.ANSWER, After.CALL}
    with pytest.raises(Conflict):
        ask_again(actor=alice, now=NOW, days=30)


def test_asking_again_needs_the_right_and_a_fair_time(company: Company) -> None:
    with pytest.raises(Forbidden):
        ask_again(actor=company.actor("mark"), now=NOW, days=30)
    with pytest.raises(Invalid, match="7 to 75"):
        ask_again(actor=company.actor("alice"), now=NOW, days=2)


def test_a_case_closed_after_a_talk_is_remembered_once(company: Company) -> None:
    case = worked(unhappy(company), company)
    closure = Closure.objects.create(
        case=case, result=Result.SOLVED, learnt="x", by=company.mark, at=NOW
    )
    given_up = Closure.objects.create(
        case=worked(unhappy(company), company), result=Result.UNREACHABLE, at=NOW
    )
    closures = [closure.pk, given_up.pk]
    assert leave_in_history(now=NOW, closures=closures) == 0  # nobody is asked again yet
    ask_again(actor=SYSTEM, now=NOW, days=30)
    assert leave_in_history(now=NOW, closures=closures) == 1
    assert leave_in_history(now=NOW, closures=closures) == 0
    left = Interaction.objects.get()
    assert (left.touchpoint, left.customer, left.employee) == (
        AFTER_A_CASE, case.customer, company.mark,
    )  # fmt: skip
    assert left.unit == company.north
    later = Closure.objects.create(
        case=case, result=Result.SOLVED, learnt="x", at=NOW + NOT_TWICE_WITHIN - DAY
    )
    assert leave_in_history(now=later.at, closures=[later.pk]) == 0
