"""Is use shown by team alone, to who leads them, and not where it would name somebody?"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.digests.models import Opinion, Use
from tests.conftest import Company


@pytest.fixture
def larger(company: Company) -> Company:
    """North has three people, South one."""
    create_user(
        actor=SYSTEM, email="third@acme.example", name="Third", unit=company.north,
        roles=[Role.FRONT_LINE],
    )  # fmt: skip
    day = timezone.now().date() - timedelta(days=1)
    for unit in (company.north, company.south):
        Use.objects.create(unit=unit, day=day, what="home", people=1)
        Opinion.objects.create(
            unit=unit, day=day, edition="daily", helped=True, sentence=f"From {unit}"
        )
    return company


def test_small_teams_are_hidden_even_in_the_sum(client: Client, larger: Company) -> None:
    client.force_login(larger.alice)
    page = client.get("/use/")
    rows = {str(line.team.unit): line.team for line in page.context["rows"]}
    assert (rows["North"].few, rows["North"].home, rows["North"].helped) == (False, 1, 1)
    assert (rows["South"].few, rows["South"].home, rows["South"].opinions) == (True, 0, 0)
    assert (page.context["total"].people, page.context["total"].home) == (3, 1)
    assert [each.sentence for each in page.context["said"]] == ["From North"]
    assert "From South" not in page.content.decode()


def test_managers_see_their_units_and_others_nothing(client: Client, larger: Company) -> None:
    client.force_login(larger.mark)
    rows = client.get("/use/").context["rows"]
    assert [str(line.team.unit) for line in rows] == ["North"]
    client.force_login(larger.fiona)
    assert client.get("/use/").status_code == 403
