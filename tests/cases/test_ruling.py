"""Who may change the rules, what is refused, what would they bring, and how far does calling go?"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.access.enums import Role
from loopwell.access.models import Membership
from loopwell.cases.enums import Priority, Result, Route, Trigger
from loopwell.cases.models import Case, Closure, Policy, Rule
from loopwell.cases.operations import (
    PolicyChange,
    RuleChange,
    copy_rule,
    move_rule,
    order_rules,
    remove_rule,
    save_policy,
    save_rule,
    switch_rule,
    widen,
)
from loopwell.cases.queries import (
    Step,
    capacity,
    forecast,
    opened_lately,
    policy,
    step_in_use,
    widening,
    wishes_of,
)
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.people.models import Property
from tests import factories
from tests.cases.conftest import Answer
from tests.conftest import NOW, Company

DAY = timedelta(days=1)
WANTED = RuleChange(name="New", highest_score=8)


def order() -> list[str]:
    return [rule.name for rule in Rule.objects.all()]


def test_a_rule_is_added_changed_copied_switched_moved_and_removed(company: Company) -> None:
    alice = company.actor("alice")
    made = save_rule(actor=alice, now=NOW, rule=None, wanted=WANTED)
    assert order() == ["Unhappy customers", "New"]
    save_rule(actor=alice, now=NOW, rule=made, wanted=replace(wishes_of(made), name="Changed"))
    copy = copy_rule(actor=alice, now=NOW, rule=made)
    assert (order()[-1], copy.is_active, copy.highest_score) == ("Changed, copy", False, 8)
    switch_rule(actor=alice, now=NOW, rule=copy, on=True)
    move_rule(actor=alice, now=NOW, rule=copy, up=True)
    move_rule(actor=alice, now=NOW, rule=copy, up=True)
    move_rule(actor=alice, now=NOW, rule=copy, up=True)  # at the top already
    assert order() == ["Changed, copy", "Unhappy customers", "Changed"]
    refs = [rule.ref for rule in reversed(Rule.objects.all())]
    order_rules(actor=alice, now=NOW, refs=refs)
    assert order() == ["Changed", "Unhappy customers", "Changed, copy"]
    remove_rule(actor=alice, now=NOW, rule=made)
    assert order() == ["Unhappy customers", "Changed, copy"]
    told = Entry.objects.filter(type="rule.changed")
    assert [e.payload["what"] for e in told] == [
        "added", "changed", "added", "on", "moved", "moved", "moved", "moved", "moved", "removed",
    ]  # fmt: skip
    assert {e.actor for e in told} == {f"user:{company.alice.ref}"}


def test_its_cases_stay(answer: Answer, company: Company) -> None:
    answer()
    remove_rule(actor=company.actor("alice"), now=NOW, rule=Rule.objects.get())
    assert Case.objects.get().rule is None


def test_only_who_runs_the_whole_programme_may(company: Company) -> None:
    """A programme manager of one branch reads the rules but does not change everybody's."""
    Membership.objects.filter(user=company.oscar).update(role=Role.PROGRAMME)
    for name in ("mark", "oscar"):
        with pytest.raises(Forbidden):
            save_rule(actor=company.actor(name), now=NOW, rule=None, wanted=WANTED)
        with pytest.raises(Forbidden):
            widen(actor=company.actor(name), now=NOW, step=Step.PASSIVES)
        with pytest.raises(Forbidden):
            save_policy(actor=company.actor(name), now=NOW, wanted=POLICY)
    assert Rule.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"lowest_score": 5, "highest_score": 4}, "highest_score"),
        ({"highest_score": 11}, "highest_score"),
        ({"due_working_hours": 0}, "due_working_hours"),
        ({"resolve_working_hours": 3, "due_working_hours": 4}, "resolve_working_hours"),
        ({"share": 0}, "share"),
        ({"silent_days": 400}, "silent_days"),
        ({"priority": 4}, "priority"),
        ({"trigger": "noise"}, "trigger"),
        ({"survey": "nothing"}, "survey"),
        ({"unit": "nothing"}, "unit"),
        ({"themes": ["no-such-theme"]}, "themes"),
        ({"words": ["x" * 61]}, "words"),
        ({"decision_roles": ["rules"]}, "decision_roles"),
        ({"property_name": "shoe", "property_values": ["44"]}, "property_name"),
        ({"property_name": "tier"}, "property_values"),
        ({"value_property": "tier"}, "least_value"),
        ({"least_revenue": Decimal(-1)}, "least_revenue"),
        ({"route": "programme"}, "route"),
        ({"route": "person"}, "route_person"),
    ],
)
def test_what_cannot_be_meant_names_its_field(
    company: Company, changes: dict[str, Any], field: str
) -> None:
    Property.objects.create(name="tier", label="Tier")
    with pytest.raises(Invalid) as caught:
        save_rule(
            actor=company.actor("alice"), now=NOW, rule=None, wanted=replace(WANTED, **changes)
        )
    assert list(caught.value.fields) == [field]
    assert Rule.objects.count() == 1


def test_a_rule_about_silence_has_no_conditions_of_answers(company: Company) -> None:
    wanted = replace(WANTED, trigger=Trigger.SILENCE, words=["x"], dropped=True, silent_days=3)
    made = save_rule(actor=company.actor("alice"), now=NOW, rule=None, wanted=wanted)
    made.refresh_from_db()
    assert (made.words, made.dropped, made.silent_days) == ([], False, 3)


def closed(company: Company, number: int, *, days: int) -> None:
    for n in range(number):
        who = factories.customer()
        response = factories.response(score=10, customer=who)
        row = Case.objects.create(response=response, customer=who, score=1,
                                  opened_at=NOW - 90 * DAY, due_at=NOW, next_step_at=NOW,
                                  closed_at=NOW)  # fmt: skip
        Closure.objects.create(case=row, result=Result.SOLVED, learnt="x",
                               by=[company.mark, company.fiona][n % 2],
                               at=NOW - days * DAY + timedelta(minutes=n))  # fmt: skip


def test_capacity_is_what_was_closed_or_what_the_policy_says(company: Company) -> None:
    assumed = capacity(now=NOW)
    assert (assumed.people, assumed.a_day, assumed.assumed) == (3, 18.0, True)
    # Thursday 26 February to Wednesday 4 March are five working days.
    closed(company, 10, days=6)
    told = capacity(now=NOW)
    assert (told.people, told.closed, told.days, told.a_day) == (2, 10, 5, 2.0)


def test_the_forecast_counts_what_the_rule_itself_takes(company: Company) -> None:
    alice, first = company.actor("alice"), Rule.objects.get()
    Rule.objects.update(highest_score=3)
    for score in (0, 2, 3, 4, 5, 6, 6, 9):
        factories.response(score=score, unit=company.north, answered_at=NOW - DAY)
    again = factories.response(score=5, unit=company.south, answered_at=NOW - 2 * DAY)
    factories.response(score=5, unit=company.south, answered_at=NOW, customer=again.customer)
    factories.response(score=5, contact_consent=False, answered_at=NOW - DAY)
    factories.response(score=5, answered_at=NOW - 31 * DAY)
    factories.response(score=5, opens_case=False, answered_at=NOW - DAY)
    draft = Rule(name="?", highest_score=6)
    told = forecast(alice, now=NOW, rule=draft, among=[Rule.objects.get(pk=first.pk), draft])
    assert (told.cases, told.all_cases) == (5, 8)
    assert [(u.name, u.cases) for u in told.units] == [("North", 4), ("South", 1)]
    assert len(told.examples) == 5
    assert (told.days, told.a_day) == (22, 5 / 22)
    assert told.behind == 0


def test_who_falls_behind_is_told_by_how_much(company: Company) -> None:
    closed(company, 5, days=6)  # one a day
    for _n in range(44):
        factories.response(score=1, answered_at=NOW - DAY)
    rule = Rule.objects.get()
    told = forecast(company.actor("alice"), now=NOW, rule=rule, among=[rule])
    assert (told.a_day, told.behind) == (2.0, 1.0)


def test_silences_are_forecast_too(company: Company) -> None:
    who = factories.customer(decision_role="decides", unit=company.north)
    factories.invitation(customer=who, sent_at=NOW - 40 * DAY, expires_at=NOW - 5 * DAY)
    rule = Rule(name="?", trigger=Trigger.SILENCE, silent_days=3)
    told = forecast(company.actor("alice"), now=NOW, rule=rule, among=[rule])
    assert (told.cases, told.examples) == (1, ())


def test_the_forecast_costs_the_same_for_any_number(company: Company) -> None:
    rules = [Rule(name="a", dropped=True, highest_score=8), Rule(name="b", words=["x"])]

    def cost(number: int) -> int:
        for _n in range(number):
            factories.response(score=1, unit=company.north, comment="x", answered_at=NOW - DAY)
        with CaptureQueriesContext(connection) as queries:
            forecast(company.actor("alice"), now=NOW, rule=rules[1], among=rules)
        return len(queries)

    assert cost(6) == cost(40)


def test_each_step_goes_further_and_is_known_again(company: Company) -> None:
    alice = company.actor("alice")
    special = save_rule(actor=alice, now=NOW, rule=None,
                        wanted=replace(WANTED, words=["lawyer"]))  # fmt: skip
    used = []
    for step in [*Step, Step.VERY_UNHAPPY]:
        widen(actor=alice, now=NOW, step=step)
        used.append(step_in_use(list(Rule.objects.all())))
        assert widen(actor=alice, now=NOW, step=step) == []
    assert used == [*Step, Step.VERY_UNHAPPY]
    special.refresh_from_db()
    assert (special.is_active, special.highest_score) == (True, 8)
    rules = {rule.name: rule for rule in Rule.objects.all()}
    assert len(rules) == 4
    assert rules["Unhappy customers"].highest_score == 3
    assert not rules["A share of promoters"].is_active
    assert rules["Passives"].priority == Priority.LOW


def test_the_steps_tell_their_load(company: Company) -> None:
    for score in range(11):
        for _n in range(4):
            factories.response(score=score, answered_at=NOW - DAY)
    told = widening(company.actor("alice"), now=NOW)
    assert [(each.step, each.in_use) for each in told] == [
        (step, step is Step.DETRACTORS) for step in Step
    ]
    cases = [each.forecast.cases for each in told]
    assert cases[:2] == [16, 28]
    assert cases == sorted(cases)
    assert cases[-1] == cases[-2] + 8


def test_rules_of_ones_own_making_are_no_step(company: Company) -> None:
    Rule.objects.update(highest_score=4)
    assert step_in_use(list(Rule.objects.all())) is None


POLICY = PolicyChange(5, 14, Decimal("23.50"), "pln", 20, 8)


def test_the_policy_is_one_row(company: Company) -> None:
    alice = company.actor("alice")
    assert (policy().most_tries, policy().reopen_days) == (4, 30)
    save_policy(actor=alice, now=NOW, wanted=POLICY)
    save_policy(actor=alice, now=NOW, wanted=replace(POLICY, most_tries=6))
    assert Policy.objects.count() == 1
    row = policy()
    assert (row.most_tries, row.currency, row.hour_cost) == (6, "PLN", Decimal("23.50"))
    with pytest.raises(Invalid) as caught:
        save_policy(actor=alice, now=NOW, wanted=replace(POLICY, most_tries=0, currency="złoty"))
    assert set(caught.value.fields) == {"most_tries", "currency"}
    assert Entry.objects.filter(type="policy.changed").count() == 2


def test_how_many_each_opened_lately(answer: Answer, company: Company) -> None:
    answer()
    answer()
    rule = Rule.objects.get()
    assert opened_lately(NOW) == {rule.pk: 2}
    assert opened_lately(NOW + 31 * DAY) == {}
    assert Route(rule.route) == Route.NEAREST
