"""The demo company arrives as rows that agree with each other, and leaves without a trace."""

import pytest
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import Unit, User
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case, Redress
from loopwell.cases.queries import timeline
from loopwell.demo.loading import load
from loopwell.demo.logins import PASSWORD, logins
from loopwell.demo.removing import remove
from loopwell.insights.checking import check
from loopwell.insights.models import Dashboard, SavedQuestion
from loopwell.jobs.running import run_all
from loopwell.journal.reading import consume_all
from loopwell.people.models import Customer, Property
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation
from loopwell.surveys.models import Survey
from loopwell.surveys.questions import questions_of
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loaded() -> dict[str, int]:
    return load(now=timezone.now(), scale=0.02)


def test_rows_are_those_that_were_generated(loaded: dict[str, int]) -> None:
    assert loaded == {
        "units": Unit.objects.count(),
        "employees": User.objects.count(),
        "customers": Customer.objects.count(),
        "accounts": loaded["accounts"],
        "invitations": Invitation.objects.exclude(channel="phone").count(),
        "answers": Response.objects.exclude(invitation=None).count(),
        "cases": Case.objects.exclude(response=None).count(),
        "answers in passing": Response.objects.exclude(link=None).count(),
    }
    assert loaded["answers in passing"] > 0
    assert Invitation.objects.exclude(answered_at=None).count() == loaded["answers"]
    assert all(figure.agrees for figure in check(SYSTEM))


def test_further_questions_are_answered_in_the_shape_they_are_asked(
    loaded: dict[str, int],
) -> None:
    rated = Response.objects.filter(
        survey__name="After a visit to a shop", answers__has_key="visit"
    )
    assert rated.exists()
    for response in rated.select_related("version")[:20]:
        asked = {each.key: each for each in questions_of(response.version)}
        assert set(response.answers) <= set(asked)
        grid = asked["visit"]
        assert set(response.answers["visit"]) <= set(grid.options)
        assert all(1 <= value <= grid.points for value in response.answers["visit"].values())


def test_consumers_have_nothing_to_do(loaded: dict[str, int]) -> None:
    assert consume_all(now=timezone.now()) == 0
    assert Case.objects.exclude(response=None).count() == loaded["cases"]


def test_a_closed_case_tells_its_story(loaded: dict[str, int]) -> None:
    given = Redress.objects.values("case")  # the demo tells of gifts after all else
    closed = Case.objects.exclude(closed_at=None).exclude(reached_at=None).exclude(pk__in=given)
    case = closed.filter(merged_into=None, response__isnull=False, merged=None).latest("pk")

    told = timeline(case)

    assert [told[0].type, told[-1].type] == ["case.opened", "case.closed"]
    assert told[-1].who != ""
    assert told[-1].record is not None
    found = Mention.objects.filter(response=case.response, source=MentionSource.INTERVIEWER)
    assert sum(found.values_list("weight", flat=True)) == 100


@pytest.mark.usefixtures("loaded")
def test_everybody_listed_can_log_in_as_what_it_says() -> None:
    people = logins()

    assert len(people) == 7
    for login in people:
        user = User.objects.get(email=login.email)
        assert user.check_password(PASSWORD)
        assert actor_for(user).roles != frozenset()
    assert User.objects.filter(memberships__role=Role.FRONT_LINE).count() > 50


@pytest.mark.usefixtures("loaded")
def test_removing_the_demo_leaves_ones_own_data_and_correct_facts() -> None:
    own = Customer.objects.create(email="own@acme.example", properties={"city": "Kraków"})
    survey = Survey.objects.create(name="Own", kind="relationship")
    answer = Response.objects.create(
        customer=own,
        survey=survey,
        kind="relationship",
        score=9,
        source="api",
        answered_at=timezone.now(),
        updated_at=timezone.now(),
    )

    remove()
    run_all(timezone.now())

    assert list(Response.objects.values_list("pk", flat=True)) == [answer.pk]
    assert list(Customer.objects.values_list("pk", flat=True)) == [own.pk]
    assert list(Property.objects.values_list("name", flat=True)) == ["city"]
    assert (Unit.objects.count(), User.objects.count(), Case.objects.count()) == (0, 0, 0)
    assert (Dashboard.objects.count(), SavedQuestion.objects.count()) == (0, 0)
    assert all(figure.agrees for figure in check(SYSTEM))
