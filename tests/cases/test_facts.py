"""Do rules see what the database knows of an answer, in a few queries?"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.cases.handlers import follow_answers
from loopwell.cases.models import Case, Rule
from loopwell.journal.rules import Record
from loopwell.responses.call_times import KEY
from loopwell.themes.models import Mention, Theme
from tests import factories
from tests.cases.conftest import Answer, tell
from tests.conftest import NOW, Company

DAY = timedelta(days=1)


def only(**fields: Any) -> Rule:
    """The one rule there is."""
    Rule.objects.all().delete()
    return Rule.objects.create(**{"name": "x", "highest_score": 10, **fields})


def test_a_drop_from_the_answer_before_of_the_same_kind(answer: Answer) -> None:
    only(dropped=True)
    visit = factories.survey(kind="transactional")
    first = answer(score=9, at=NOW - 9 * DAY)
    answer(score=10, at=NOW - 8 * DAY)  # somebody else's
    answer(customer=first.customer, score=8, survey=visit, at=NOW - 2 * DAY)
    assert not Case.objects.exists()  # the first of its kind
    fell = answer(customer=first.customer, score=8, at=NOW)
    assert Case.objects.get().response == fell


def test_values_segments_and_roles(answer: Answer) -> None:
    only(
        least_revenue=Decimal(1000),
        property_name="tier",
        property_values=["gold"],
        decision_roles=["decides"],
    )
    rich = factories.account(revenue=Decimal(1000))
    boss = factories.customer(account=rich, decision_role="decides", properties={"tier": "Gold"})
    answer(account=rich)
    answer(customer=factories.customer(account=rich, decision_role="decides"), account=rich)
    assert not Case.objects.exists()
    # As it was when they were asked: gold then, nothing else matters.
    answer(customer=boss, account=rich, properties={"tier": "silver"})
    assert not Case.objects.exists()
    wanted = answer(customer=boss, account=rich, properties={})
    assert Case.objects.get().response == wanted


def test_who_chose_a_time_asked_to_be_called(answer: Answer) -> None:
    only(contact_requested=True)
    answer(score=10, contact_consent=None)
    wish = answer(score=10, contact_consent=None, answers={KEY: {"when": "any"}})
    yes = answer(score=10, contact_consent=True)
    assert {case.response for case in Case.objects.all()} == {wish, yes}


def test_a_comment_that_comes_later_may_open_one(answer: Answer) -> None:
    only(words=["cancel"])
    given = answer(score=9)
    assert not Case.objects.exists()
    given.comment = "I'm cancelling."
    given.save()
    tell(given, what="changed", at=NOW + DAY)
    case = Case.objects.get()
    assert (case.opened_at, case.comment_seen) == (NOW + DAY, True)


def test_a_refusal_wins_over_every_wish(answer: Answer) -> None:
    only(words=["call"])
    answer(comment="Call me", contact_consent=False)
    assert not Case.objects.exists()


def test_themes_found_in_the_answer(answer: Answer) -> None:
    theme = Theme.objects.earliest("pk")
    only(themes=[theme.slug])
    given = answer(score=9)
    assert not Case.objects.exists()
    Mention.objects.create(response=given, theme=theme, source="interviewer", weight=100)
    tell(given, what="changed")
    assert Case.objects.get().response == given


def test_priority_and_the_time_to_solve(answer: Answer) -> None:
    only(priority=1, due_working_hours=4, resolve_working_hours=9)
    answer()
    case = Case.objects.get()
    assert (case.priority, case.due_at, case.resolve_by) == (
        1, NOW + timedelta(hours=4), NOW + timedelta(days=1),
    )  # fmt: skip


@pytest.mark.parametrize("again", [False, True])
def test_every_condition_costs_a_fixed_number_of_queries(company: Company, again: bool) -> None:
    only(dropped=True, themes=["price"], words=["x"])
    Rule.objects.create(name="y", position=2, highest_score=6, property_name="a",
                        property_values=["b"])  # fmt: skip
    Rule.objects.create(name="z", position=3, highest_score=6)

    def follow(number: int) -> int:
        rows = []
        for _n in range(number):
            who = factories.customer()
            row = factories.response(score=1, unit=company.north, comment="x", customer=who)
            if again:
                Case.objects.create(customer=who, unit=company.north, opened_at=NOW,
                                    due_at=NOW, next_step_at=NOW, owner=company.mark,
                                    response=factories.response(customer=row.customer), score=3,
                                    closed_at=NOW, reached_at=NOW)  # fmt: skip
            rows.append(row)
        records = [
            Record(i, 0, "response.recorded", NOW, "customer", "response", row.pk, {})
            for i, row in enumerate(rows)
        ]
        with CaptureQueriesContext(connection) as queries:
            follow_answers(records, NOW)
        return len(queries)

    few = follow(2)
    assert follow(30) == few
