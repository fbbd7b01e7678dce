"""Are rules understood, tried, widened and changed on their pages, by the right people only?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import Membership
from loopwell.cases.models import Policy, Rule
from loopwell.console.case_rules.wording import then_words, when_words
from loopwell.people.models import Property
from tests import factories
from tests.conftest import Company

TYPED = {
    "name": "Very unhappy", "trigger": "answer", "lowest_score": "0", "highest_score": "3",
    "due_working_hours": "4", "priority": "1", "route": "call_back", "share": "100",
    "same_language": "on", "is_active": "on",
}  # fmt: skip
PAGES = ("list", "new", "widen", "policy")


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


@pytest.fixture
def rule(company: Company) -> Rule:
    return Rule.objects.get()


def test_only_who_runs_surveys_gets_in(client: Client, company: Company, rule: Rule) -> None:
    addresses = [reverse(f"case_rules:{name}") for name in PAGES]
    addresses += [reverse(f"case_rules:{name}", args=[rule.ref]) for name in ("change", "remove")]
    addresses.append(reverse("case_rules:step", args=["passives"]))
    for address in addresses:
        assert client.get(address).headers["Location"].startswith("/auth/login/")
    client.force_login(company.mark)
    assert {client.get(address).status_code for address in addresses} == {403}
    client.force_login(company.alice)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_who_runs_a_part_reads_them(client: Client, company: Company, rule: Rule) -> None:
    Membership.objects.filter(user=company.mark).update(role=Role.PROGRAMME)
    client.force_login(company.mark)
    page = client.get(reverse("case_rules:list"))
    assert "its programme manager changes them" in page.content.decode()
    assert reverse("case_rules:remove", args=[rule.ref]) not in page.content.decode()
    for name in ("move", "switch", "copy", "remove"):
        assert client.post(reverse(f"case_rules:{name}", args=[rule.ref])).status_code == 403
    assert client.post(reverse("case_rules:new"), TYPED).status_code == 403
    assert Rule.objects.count() == 1


def test_a_rule_is_said_in_one_sentence(company: Company) -> None:
    rule = Rule(
        lowest_score=0, highest_score=3, unit=company.north, due_working_hours=4, priority=1,
        route="call_back", words=["cancel", "lawyer", "suing"], share=25,
        decision_roles=["decides"], property_name="tier", property_values=["gold"],
        least_revenue=5000,
    )  # fmt: skip
    rule.clean_fields(exclude=[f.name for f in Rule._meta.fields if f.name != "least_revenue"])
    assert when_words(rule, {"tier": "Tier"}, {}) == (
        "Score 0–3, comment mentions cancel, lawyer or suing, at North, person who decides, "
        "account of at least 5,000 a year, Tier: gold, 25 % of them"
    )
    assert then_words(rule) == ("call within 4 working hours, high priority, by the call-back team")
    quiet = Rule(trigger="silence", silent_days=7, route="person", route_person=company.mark)
    assert when_words(quiet, {}, {}) == (
        "No answer 7 days after the survey closed, person who decides"
    )
    assert then_words(quiet) == "call within 24 working hours, by Mark"


def test_it_is_added_and_changed(alice: Client, company: Company) -> None:
    tier = Property.objects.create(name="tier", label="Tier")
    assert alice.post(reverse("case_rules:new"), TYPED).status_code == 302
    made = Rule.objects.get(name="Very unhappy")
    assert (made.highest_score, made.priority, made.route) == (3, 1, "call_back")
    address = reverse("case_rules:change", args=[made.ref])
    more = {**TYPED, "words": "deliver, достав;late", "property_name": tier.name,
            "property_values": "gold, platinum", "unit": company.north.ref}  # fmt: skip
    assert alice.post(address, more).status_code == 302
    made.refresh_from_db()
    assert (made.words, made.property_values, made.unit) == (
        ["deliver", "достав", "late"], ["gold", "platinum"], company.north,
    )  # fmt: skip
    page = alice.get(address).content.decode()
    assert "deliver, достав, late" in page
    assert page.count('<details class="rule-fold" open>') == 2  # where it has further conditions


def test_mistakes_stand_at_their_fields(alice: Client) -> None:
    wrong = {**TYPED, "lowest_score": "5", "route": "person"}
    page = alice.post(reverse("case_rules:new"), wrong)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"highest_score", "route_person"}
    assert Rule.objects.count() == 1


def test_the_try_out_tells_and_stores_nothing(alice: Client, company: Company) -> None:
    now = timezone.now()
    for n in range(6):
        factories.response(score=n, unit=company.north, comment=f"said {n}",
                           answered_at=now - timedelta(hours=5))  # fmt: skip
    told = alice.post(reverse("case_rules:try"), {**TYPED, "name": "", "highest_score": "9"})
    assert told.context["told"].cases == 0  # the rule before takes all six
    assert told.context["told"].all_cases == 6
    instead = reverse("case_rules:try_change", args=[Rule.objects.get().ref])
    told = alice.post(instead, TYPED)
    assert told.context["told"].cases == 4
    assert "said 3" in told.content.decode()
    assert "North" in told.content.decode()
    without_script = alice.post(reverse("case_rules:new"), {**TYPED, "try": "1"})
    assert without_script.context["told"].all_cases == 6
    assert 'value="Very unhappy"' in without_script.content.decode()
    broken = alice.post(reverse("case_rules:try"), {**TYPED, "share": "0"})
    assert broken.context["told"] is None
    assert Rule.objects.count() == 1


def test_order_switch_copy_remove(alice: Client, rule: Rule) -> None:
    alice.post(reverse("case_rules:new"), TYPED)
    made = Rule.objects.get(name="Very unhappy")

    def post(name: str, **data: str) -> None:
        address = reverse(f"case_rules:{name}", args=[made.ref])
        assert alice.post(address, data).status_code == 302

    post("move", up="1")
    assert Rule.objects.first() == made
    post("switch", off="1")
    made.refresh_from_db()
    assert not made.is_active
    assert "switched off" in alice.get(reverse("case_rules:list")).content.decode()
    post("copy")
    assert Rule.objects.count() == 3
    asked = alice.get(reverse("case_rules:remove", args=[made.ref]))
    assert "Score 0–3" in asked.content.decode()
    post("remove")
    assert not Rule.objects.filter(pk=made.pk).exists()


def test_widening_says_what_changes_before_it_does(alice: Client, rule: Rule) -> None:
    page = alice.get(reverse("case_rules:widen"))
    assert [row["told"].step.value for row in page.context["rows"] if row["told"].in_use] == [
        "detractors"
    ]
    address = reverse("case_rules:step", args=["promoters_10"])
    words = alice.get(address).content.decode()
    assert "Score 9–10, 10 % of them" in words
    assert Rule.objects.count() == 1
    assert alice.post(address).status_code == 302
    assert Rule.objects.get(lowest_score=9).share == 10
    assert "in use already" in alice.get(address).content.decode()
    assert alice.get(reverse("case_rules:step", args=["everybody"])).status_code == 404


def test_a_key_segment_is_one_click_away(alice: Client) -> None:
    Property.objects.create(name="tier", label="Tier")
    address = reverse("case_rules:new") + (
        "?name=Key+customers&lowest_score=0&highest_score=10&priority=1"
        "&property_name=tier&property_values=gold"
    )
    page = alice.get(address)
    form = page.context["form"]
    assert (form["property_values"].value(), form["highest_score"].value()) == ("gold", "10")


def test_the_policy(alice: Client) -> None:
    address = reverse("case_rules:policy")
    typed = {"most_tries": 5, "reopen_days": 14, "agent_cases_a_day": 7, "call_minutes": 12,
             "hour_cost": "20", "currency": "pln"}  # fmt: skip
    assert alice.post(address, typed).status_code == 302
    assert (Policy.objects.get().reopen_days, Policy.objects.get().currency) == (14, "PLN")
    assert alice.post(address, {**typed, "currency": "12€"}).status_code == 422


def test_the_list_costs_the_same_for_any_number_of_rules(alice: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            alice.get(reverse("case_rules:list"))
        return len(queries)

    alice.get(reverse("case_rules:list"))
    few = cost()
    for n in range(5):
        Rule.objects.create(name=f"r{n}", position=n + 2)
    assert cost() == few
