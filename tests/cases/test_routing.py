"""Does each case find the right person: by the rule's way, by turns, in the right language?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Absence, Unit, User
from loopwell.access.operations import create_unit, create_user
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Route
from loopwell.cases.models import Assignment, Case, Completion, Rule, Training
from loopwell.cases.queries import Claim, Routed, possible_owners, routes
from tests import factories
from tests.cases.conftest import Answer
from tests.conftest import NOW, Company

TODAY = NOW.date()
Hire = Callable[..., User]


@pytest.fixture
def hire(company: Company) -> Hire:
    """Somebody in North unless said otherwise; call-back team unless said otherwise."""

    def person(name: str, *, unit: Unit | None = None, role: Role = Role.CALL_BACK,
               languages: tuple[str, ...] = (), skills: tuple[str, ...] = ()) -> User:  # fmt: skip
        made = create_user(
            actor=SYSTEM, email=f"{name.lower()}@acme.example", name=name,
            unit=unit or company.north, roles=[role],
        )  # fmt: skip
        made.languages, made.skills = list(languages), list(skills)
        made.save()
        return made

    return person


def rule(**fields: Any) -> Rule:
    Rule.objects.update(**fields)
    return Rule.objects.get()


def claim(company: Company, **fields: Any) -> Claim:
    plain = Claim(key=1, unit=company.north, employee=None, account=None, transactional=True)
    return replace(plain, **{"rule": Rule.objects.get()} | fields)


def routed(*claims: Claim) -> list[Routed]:
    found = routes((replace(each, key=key) for key, each in enumerate(claims)), now=NOW)
    return [found[key] for key in range(len(claims))]


def away(user: User, deputy: User | None = None, *, days: int = 0, starts: date = TODAY) -> None:
    Absence.objects.create(
        user=user, starts_on=starts, ends_on=starts + timedelta(days=days), deputy=deputy,
        created_at=NOW - timedelta(days=9),
    )  # fmt: skip


def test_each_way_leads_to_whom_it_names(company: Company, hire: Hire) -> None:
    lead = hire("Lea", unit=company.south, role=Role.SUPERVISOR)
    caller = hire("Carl", unit=company.root)
    company.fiona.manager = lead
    client = factories.account(owner=company.fiona)
    asked = claim(company, employee=company.fiona, account=client)
    for route, expected, fields in (
        (Route.EMPLOYEE_MANAGER, lead, {}),
        (Route.ACCOUNT_OWNER, company.fiona, {}),
        (Route.UNIT_MANAGER, company.mark, {}),
        (Route.UNIT_MANAGER, company.oscar, {"route_unit": company.south}),
        (Route.UNIT_TEAM, company.fiona, {}),
        (Route.UNIT_TEAM, lead, {"route_unit": company.south}),
        (Route.CALL_BACK, caller, {}),
        (Route.PERSON, company.oscar, {"route_person": company.oscar}),
    ):
        rule(**{"route": route, "route_unit": None, "route_person": None} | fields)
        (found,) = routed(replace(asked, rule=Rule.objects.get()))
        assert found == Routed(expected.pk, route), route


def test_the_nearest_call_back_team_calls(company: Company, hire: Hire) -> None:
    hire("Far", unit=company.root)
    near = hire("Near", unit=company.north)
    rule(route=Route.CALL_BACK)
    assert [r.owner_id for r in routed(claim(company), claim(company))] == [near.pk, near.pk]


def test_a_team_takes_turns_and_the_batch_counts(company: Company, hire: Hire) -> None:
    anna, bert, cleo = (hire(name) for name in ("Anna", "Bert", "Cleo"))
    for owner, number in ((anna, 2), (bert, 1)):
        for _ in range(number):
            factories_case(owner, company)
    rule(route=Route.CALL_BACK)
    found = [r.owner_id for r in routed(*[claim(company)] * 6)]
    assert found[0] == cleo.pk  # has none
    assert [found.count(user.pk) for user in (anna, bert, cleo)] == [1, 2, 3]  # three each now


def factories_case(owner: User, company: Company) -> Case:
    answer = factories.response(score=3, unit=company.north)
    assert answer.customer
    return Case.objects.create(
        response=answer, customer=answer.customer, unit=company.north, owner=owner, score=3,
        opened_at=NOW, due_at=NOW + timedelta(hours=5), next_step_at=NOW,
    )  # fmt: skip


def test_with_equal_load_who_waited_longest_is_next(company: Company, hire: Hire) -> None:
    anna, bert = hire("Anna"), hire("Bert")
    for owner, ago in ((anna, 1), (bert, 5)):
        case = factories_case(owner, company)
        Assignment.objects.create(
            case=case, owner=owner, by="system", at=NOW - timedelta(hours=ago)
        )
    rule(route=Route.CALL_BACK)
    assert [r.owner_id for r in routed(*[claim(company)] * 3)] == [bert.pk, anna.pk, bert.pk]


def test_who_speaks_the_language_comes_first(company: Company, hire: Hire) -> None:
    anna = hire("Anna", languages=("en",))
    pola = hire("Pola", languages=("en", "pl"))
    for _ in range(3):
        factories_case(pola, company)
    rule(route=Route.CALL_BACK)
    assert routed(claim(company, language="pl-PL")) == [Routed(pola.pk, Route.CALL_BACK)]
    assert routed(claim(company, language="en")) == [Routed(anna.pk, Route.CALL_BACK)]
    (found,) = routed(claim(company, language="uk"))
    assert (found.owner_id, found.route) == (anna.pk, Route.CALL_BACK)
    assert found.why == "No one in the call-back team speaks Ukrainian."
    rule(same_language=False)
    assert routed(claim(company, language="uk")) == [Routed(anna.pk, Route.CALL_BACK)]


def test_a_skill_is_needed(company: Company, hire: Hire) -> None:
    hire("Anna")
    rule(route=Route.CALL_BACK, skill="Billing")
    (found,) = routed(claim(company))
    assert (found.owner_id, found.route) == (company.alice.pk, Route.PROGRAMME)
    assert found.why == "No one in the call-back team has the skill “Billing”."
    bert = hire("Bert", skills=("billing",))
    assert routed(claim(company)) == [Routed(bert.pk, Route.CALL_BACK)]


def test_only_the_trained_get_cases(company: Company, hire: Hire) -> None:
    training = Training.objects.create(texts={"en": {"title": "Calling back"}}, edition=2)
    anna, bert = hire("Anna"), hire("Bert")
    Completion.objects.create(training=training, user=anna, edition=1)  # an edition ago
    rule(route=Route.CALL_BACK, training=training)
    (found,) = routed(claim(company))
    assert (found.owner_id, found.route) == (company.alice.pk, Route.PROGRAMME)
    assert "“Calling back”" in found.why
    Completion.objects.create(training=training, user=bert, edition=2)
    assert [r.owner_id for r in routed(*[claim(company)] * 2)] == [bert.pk, bert.pk]
    Completion.objects.create(training=training, user=company.mark, edition=2)
    rule(route=Route.UNIT_TEAM)  # Fiona is not trained, whoever leads her is
    (found,) = routed(claim(company))
    assert (found.owner_id, found.route) == (company.mark.pk, Route.UNIT_MANAGER)


def test_the_deputy_of_the_absent_gets_it(company: Company, hire: Hire) -> None:
    ben, cora = hire("Ben"), hire("Cora")
    away(company.mark, ben)
    assert routed(claim(company)) == [Routed(ben.pk, Route.UNIT_MANAGER, company.mark.pk)]
    away(ben, cora)
    assert routed(claim(company)) == [Routed(cora.pk, Route.UNIT_MANAGER, company.mark.pk)]
    away(cora, company.mark)  # a circle: next in the chain
    (found,) = routed(claim(company))
    assert (found.owner_id, found.route) == (company.alice.pk, Route.PROGRAMME)
    assert found.why == "Mark is away and has no deputy who is there."


def test_in_a_team_others_go_on_and_deputies_come_last(company: Company, hire: Hire) -> None:
    anna, bert, dora = hire("Anna"), hire("Bert"), hire("Dora", unit=company.south)
    rule(route=Route.CALL_BACK)
    away(anna, dora)
    assert [r.owner_id for r in routed(*[claim(company)] * 2)] == [bert.pk, bert.pk]
    away(bert)
    assert routed(claim(company)) == [Routed(dora.pk, Route.CALL_BACK, anna.pk)]
    Absence.objects.update(deputy=None)
    (found,) = routed(claim(company))
    assert (found.owner_id, found.why) == (
        company.mark.pk, "Everybody in the call-back team is away.",
    )  # fmt: skip


def test_when_everybody_is_away_it_is_the_programmes(company: Company) -> None:
    for user in User.objects.all():
        away(user)
    (found,) = routed(claim(company))
    assert (found.owner_id, found.route) == (company.alice.pk, Route.PROGRAMME)


@pytest.mark.parametrize(("zone", "there"), [("Pacific/Auckland", True), ("Asia/Tokyo", False)])
def test_away_is_a_day_of_the_unit(company: Company, zone: str, there: bool) -> None:
    """At 12:00 UTC on the 4th it is the 5th in Auckland and still the 4th in Tokyo."""
    type(company.north).objects.filter(pk=company.north.pk).update(time_zone=zone)
    away(company.mark)  # the 4th alone
    asked = replace(claim(company), unit=Unit.objects.get(pk=company.north.pk))
    found = routes([asked], now=NOW + timedelta(hours=2))[1]
    assert (found.owner_id == company.mark.pk) is there


def test_colleagues_of_the_team_a_rule_names_can_take_it_over(
    answer: Answer, company: Company, hire: Hire
) -> None:
    team = create_unit(actor=SYSTEM, name="Callers", parent=company.root, kind=UnitKind.TEAM)
    anna, bert = hire("Anna", unit=team), hire("Bert", unit=team)
    rule(route=Route.CALL_BACK, route_unit=team)
    answer()
    case = Case.objects.get()
    assert case.owner == anna
    assert set(possible_owners(case)) == {company.alice, company.mark, company.fiona, anna, bert}


def test_the_reason_is_kept_with_the_case(answer: Answer, company: Company, hire: Hire) -> None:
    deputy = hire("Ben")
    away(company.mark, deputy)
    rule(route=Route.ACCOUNT_OWNER)
    answer()
    given = Assignment.objects.get()
    assert (given.owner, given.instead_of, given.route) == (
        deputy, company.mark, Route.UNIT_MANAGER,
    )  # fmt: skip
    assert given.reason == "The account has no owner who works on cases."


@pytest.mark.parametrize("route", list(Route))
def test_a_hundred_cost_as_many_queries_as_two(company: Company, hire: Hire, route: Route) -> None:
    hire("Anna")
    away(company.mark, company.oscar)
    asked = claim(company, employee=company.fiona, rule=rule(route=route, skill="x"))

    def cost(number: int) -> int:
        units = [company.north, company.south, company.root]
        with CaptureQueriesContext(connection) as queries:
            routed(*(replace(asked, unit=units[i % 3]) for i in range(number)))
        return len(queries)

    assert cost(100) == cost(3) <= 8
