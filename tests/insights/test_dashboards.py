"""Does everybody find the dashboards meant for them, and change only their own?"""

from collections.abc import Callable

import pytest
from django.utils import translation

from loopwell.access.enums import Role
from loopwell.calc.proportion import wilson
from loopwell.insights.asking import Filters
from loopwell.insights.dashboards import (
    MOST_CARDS,
    CardDraft,
    add_card,
    card_by_id,
    change_card,
    change_dashboard,
    dashboard_by_ref,
    dashboards,
    delete_dashboard,
    make_dashboard,
    move_card,
    remove_card,
)
from loopwell.insights.likeness import likeness
from loopwell.insights.models import Dashboard, SavedQuestion
from loopwell.insights.phrasing import from_query
from loopwell.insights.ready import READY
from loopwell.insights.saved_questions import keep_question
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.people.models import Property
from loopwell.surveys.enums import SurveyKind
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


def made(company: Company, who: str = "mark", share: str = "me", cards: int = 3) -> Dashboard:
    drafts = [CardDraft(f"Card {n}", None, f"by=unit&hour={n % 24}") for n in range(cards)]
    return make_dashboard(actor=company.actor(who), now=NOW, name="Mine", share=share, cards=drafts)


def titles(found: Dashboard) -> list[str]:
    return list(found.cards.order_by("position").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("share", "finders"),
    [("me", {"mark"}), ("unit", {"mark", "fiona"}), ("all", {"mark", "fiona", "alice", "oscar"})],
)
def test_only_those_it_is_shared_with_find_it(
    company: Company, share: str, finders: set[str]
) -> None:
    ref = made(company, share=share).ref
    for who in ("mark", "fiona", "alice", "oscar"):
        actor = company.actor(who)
        assert [each.ref for each in dashboards(actor)] == ([ref] if who in finders else [])
        if who not in finders:
            with pytest.raises(NotFound):
                dashboard_by_ref(actor, ref)


def test_cards_keep_the_order_they_are_moved_to(company: Company) -> None:
    found, actor = made(company), company.actor("mark")
    move_card(actor=actor, card=card_by_id(actor, found, 0), steps=1)
    assert titles(found) == ["Card 1", "Card 0", "Card 2"]
    found = dashboard_by_ref(actor, found.ref)
    move_card(actor=actor, card=card_by_id(actor, found, 2), steps=-9)
    assert titles(found) == ["Card 2", "Card 1", "Card 0"]
    found = dashboard_by_ref(actor, found.ref)
    remove_card(actor=actor, card=card_by_id(actor, found, 1))
    added = add_card(actor=actor, dashboard=found, draft=CardDraft("Last", None, "", 3))
    assert titles(found) == ["Card 2", "Card 0", "Last"]
    assert change_card(actor=actor, card=added, title=" First ", width=2).title == "First"
    with pytest.raises(Invalid):
        change_card(actor=actor, card=added, title="", width=4)


def test_no_more_cards_than_a_page_bears(company: Company) -> None:
    found = made(company, cards=MOST_CARDS)
    with pytest.raises(Invalid):
        add_card(actor=company.actor("mark"), dashboard=found, draft=CardDraft())


def test_somebody_elses_is_not_changed(company: Company) -> None:
    found, oscar = made(company, share="all"), company.actor("oscar")
    card = card_by_id(oscar, dashboard_by_ref(oscar, found.ref), 0)
    for refused in (
        lambda: add_card(actor=oscar, dashboard=found, draft=CardDraft()),
        lambda: change_card(actor=oscar, card=card, title="x", width=1),
        lambda: move_card(actor=oscar, card=card, steps=1),
        lambda: remove_card(actor=oscar, card=card),
        lambda: delete_dashboard(actor=oscar, dashboard=found),
        lambda: change_dashboard(
            actor=oscar, dashboard=found, name="x", about="", share="me", roles=()
        ),
    ):
        with pytest.raises(Forbidden):
            refused()
    assert titles(found) == ["Card 0", "Card 1", "Card 2"]


def test_a_card_shows_only_a_question_one_can_open(company: Company) -> None:
    mark, oscar = company.actor("mark"), company.actor("oscar")
    hidden = keep_question(actor=oscar, now=NOW, name="Hidden", address="by=unit")
    with pytest.raises(NotFound):
        make_dashboard(actor=mark, now=NOW, name="x", cards=[CardDraft(question=hidden)])
    assert not Dashboard.objects.exists()
    own = keep_question(actor=mark, now=NOW, name="Own", address="by=unit")
    found = make_dashboard(actor=mark, now=NOW, name="x", cards=[CardDraft(question=own)])
    SavedQuestion.objects.filter(pk=own.pk).update(address="by=touchpoint")
    assert found.cards.values_list("question__address", flat=True).get() == "by=touchpoint"


@pytest.mark.parametrize("slug", READY)
def test_ready_cards_ask_what_can_be_asked(company: Company, slug: str) -> None:
    found = READY[slug]
    for card in found.cards:
        asked = from_query(card.address, company.actor("alice"), NOW, also=("panel",))
        assert asked.problems == ()
        assert card.width in (1, 2, 3)
    assert found.roles <= set(Role)
    assert len(found.cards) <= MOST_CARDS


def test_ready_ones_are_in_the_readers_language() -> None:
    with translation.override("en"):
        assert str(READY["executive"].name) == "For executives"


def test_those_heard_too_little_are_told(company: Company, built: Callable[[], int]) -> None:
    """Half of the customers are small, a quarter of the answers come from them."""
    Property.objects.create(name="segment", label="Segment")
    people = {
        segment: [
            factories.customer(unit=company.north, properties={"segment": segment})
            for _ in range(40)
        ]
        for segment in ("small", "large")
    }
    survey = factories.survey(kind=SurveyKind.TRANSACTIONAL)
    for segment, count in (("small", 10), ("large", 30)):
        for who in people[segment][:count]:
            factories.response(customer=who, survey=survey, properties={"segment": segment})
    for _ in range(20):
        factories.response(customer=people["large"][0], survey=survey)
    built()

    found = likeness(Filters(), company.actor("alice"))
    assert (found.by, found.heard) == ("Segment", 40)
    groups = {group.name: group for group in found.groups}
    small = groups["small"]
    assert (small.customers, small.answered) == (50, wilson(10, 40))
    assert small.is_heard_less
    assert groups["large"].is_heard_more
    assert likeness(Filters(), company.actor("oscar")).groups == []


def test_without_properties_units_stand_beside_each_other(
    company: Company, built: Callable[[], int]
) -> None:
    relationship = factories.survey(kind=SurveyKind.RELATIONSHIP)
    contact = factories.survey(kind=SurveyKind.TRANSACTIONAL)
    for _ in range(20):
        for unit in (company.north, company.south):
            factories.response(customer=factories.customer(unit=unit), survey=relationship)
        factories.response(customer=factories.customer(unit=company.south), survey=contact)
    built()
    found = likeness(Filters(), company.actor("alice"))
    assert {group.name: group.heard for group in found.groups} == {"North": 20, "South": 20}
    assert [round(group.customers) for group in found.groups] == [67, 33]
