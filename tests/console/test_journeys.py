"""Are journeys made, changed and shown with the score of each moment and partner?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loopwell.people.models import Journey, Moment
from loopwell.people.operations import create_journey
from loopwell.people.rules.ready_journeys import READY
from loopwell.sampling.enums import ProgrammeKind
from loopwell.sampling.models import Programme
from tests.conftest import NOW, Company
from tests.factories import account, response, survey


@pytest.fixture
def journey(company: Company) -> Journey:
    return create_journey(actor=company.actor("alice"), now=NOW, name="Home", ready="retail")


def names(journey: Journey) -> list[str]:
    return list(journey.moments.order_by("position").values_list("touchpoint", flat=True))


@pytest.mark.parametrize("ready", [each.slug for each in READY])
def test_it_begins_with_a_ready_made_one(company: Company, client: Client, ready: str) -> None:
    client.force_login(company.alice)
    assert ready in client.get(reverse("journeys:list")).content.decode()

    client.post(reverse("journeys:new"), {"name": "Home", "ready": ready})

    made = Journey.objects.get()
    assert len(names(made)) == len(set(names(made))) >= 7
    again = client.post(reverse("journeys:new"), {"name": "Home", "ready": ""})
    assert again.status_code == 422


def test_moments_are_added_changed_moved_and_removed(
    company: Company, client: Client, journey: Journey
) -> None:
    client.force_login(company.alice)
    partner = account(name="Speedy", external_id="P1")
    form = {"name": "Calls us", "touchpoint": "call", "owner": "mark@acme.example",
            "partner": "Speedy"}  # fmt: skip

    wrong = client.post(reverse("journeys:add_moment", args=[journey.ref]),
                        form | {"owner": "nobody", "partner": "Nowhere"})  # fmt: skip
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"owner", "partner"}
    client.post(reverse("journeys:add_moment", args=[journey.ref]), form)
    added = Moment.objects.get(touchpoint="call")
    assert (added.owner, added.partner, added.position) == (company.mark, partner, 8)

    place = [journey.ref, added.ref]
    client.post(reverse("journeys:moment", args=place), form | {"partner": "", "name": "Calls"})
    client.post(reverse("journeys:move", args=place), {"way": "earlier"})
    assert names(journey)[-2:] == ["call", "service"]
    client.post(reverse("journeys:move", args=place), {"way": "later"})
    client.post(reverse("journeys:move", args=place), {"way": "later"})
    assert names(journey)[-2:] == ["service", "call"]
    added.refresh_from_db()
    assert (added.name, added.partner) == ("Calls", None)
    client.post(reverse("journeys:remove", args=place))
    assert names(journey)[-1] == "service"
    client.post(reverse("journeys:rename", args=[journey.ref]), {"name": "Shop"})
    assert Journey.objects.get().name == "Shop"
    client.post(reverse("journeys:delete", args=[journey.ref]))
    assert not Journey.objects.exists()


def test_each_moment_has_its_score_and_whether_anybody_asks(
    company: Company, client: Client, journey: Journey, built: Callable[[], int]
) -> None:
    client.force_login(company.alice)
    asked = survey(name="After", touchpoint="delivery")
    for score in (10, 10, 3):
        response(survey=asked, touchpoint="delivery", score=score, unit=company.north)
    response(survey=asked, touchpoint="visit", score=0, unit=company.north)
    built()
    Programme.objects.create(name="P", survey=asked, kind=ProgrammeKind.TRANSACTIONAL,
                             touchpoints=["delivery", "visit"], started_at=NOW)  # fmt: skip
    ended = {"started_at": NOW, "ended_at": NOW}
    Programme.objects.create(name="Q", survey=survey(name="Q"), touchpoints=["return"],
                             kind=ProgrammeKind.TRANSACTIONAL, **ended)  # fmt: skip
    speedy = account(name="Speedy")
    journey.moments.filter(touchpoint="delivery").update(partner=speedy)

    page = client.get(reverse("journeys:journey", args=[journey.ref]) + "?period=all")

    found = {each.moment.touchpoint: each for each in page.context["moments"]}
    assert (found["delivery"].row.n, round(found["delivery"].row.value)) == (3, 33)
    assert [name for name, each in found.items() if each.measured] == ["visit", "delivery"]
    assert found["delivery"].answers == "period=all&touchpoint=delivery"
    ours, theirs = page.context["partners"]
    assert (ours.partner, ours.row.n, theirs.partner, theirs.row.n) == (None, 1, speedy, 3)
    assert "+33" in page.content.decode()
    linked = client.get(reverse("answers:list") + "?" + found["delivery"].answers)
    assert linked.context["counted"].n == 3


def test_a_journey_costs_as_many_questions_with_many_moments(
    company: Company, client: Client, journey: Journey, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(company.alice)
    place = reverse("journeys:journey", args=[journey.ref])
    client.get(place)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(place)
    Moment.objects.bulk_create(
        Moment(journey=journey, position=20 + n, name=f"M{n}", touchpoint=f"t{n}",
               owner=company.mark) for n in range(20)
    )  # fmt: skip
    with django_assert_num_queries(len(few)):
        client.get(place)


def test_without_the_right_there_is_nothing(
    company: Company, client: Client, journey: Journey
) -> None:
    client.force_login(company.mark)

    assert client.get(reverse("journeys:journey", args=[journey.ref])).status_code == 403
