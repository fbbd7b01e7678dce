"""The pain map and one problem, as people of the company see them."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.models import Coding, Mention, Report, Theme
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(company: Company, built: Callable[[], int]) -> Theme:
    theme = Theme.objects.create(
        slug="late", names={"en": "Late", "ru": "Поздно"}, kind=ThemeKind.DEFECT,
        owner_function={"en": "Logistics"},
    )  # fmt: skip
    for place in range(40):
        score = 2 if place < 10 else 10
        each = factories.response(
            score=score, comment="The parcel was late <b>again</b>.", unit=company.north,
            answered_at=NOW,
        )  # fmt: skip
        Coding.objects.create(response=each, coder=company.alice, at=NOW)
        if place < 8:
            Mention.objects.create(
                response=each, theme=theme, source=MentionSource.CODER, weight=Decimal(100),
                words=[[15, 19]], at=NOW,
            )  # fmt: skip
    built()
    return theme


@pytest.fixture
def mark(client: Client, company: Company) -> Client:
    client.force_login(company.mark)
    return client


def test_the_map_says_what_costs_most(mark: Client, late: Theme) -> None:
    page = mark.get(reverse("pains:index"), {"period": "all"})
    said = " ".join(page.content.decode().split())
    assert (
        "“Late” costs most: without the answers that name it, NPS would be +88 instead of +50."
        in said
    )
    base = "Of 40 answers with a comment that was read, 100 % of all answers."
    assert base in said.replace("\u00a0", " ")
    assert "Logistics" in said
    (dot,) = page.context["picture"]["points"]
    assert (dot["x"], dot["label"]) == (20, "Late")


def test_one_problem_with_its_words_marked(mark: Client, company: Company, late: Theme) -> None:
    Report.objects.create(theme=late, unit=company.north, way="complaints", on=NOW.date(), count=1)
    page = mark.get(reverse("pains:problem", args=["late"]), {"period": "all"})
    said = page.content.decode()
    assert "found in 8 of 40 answers" in said
    assert "<mark>late</mark> &lt;b&gt;again" in said, "what customers write is text"
    assert "1 complaint about it came in this time." in said
    assert mark.get(reverse("pains:problem", args=["nothing"])).status_code == 404


def test_nothing_of_another_unit(client: Client, company: Company, late: Theme) -> None:
    client.force_login(company.oscar)
    assert "Nobody has named a cause yet" in client.get(reverse("pains:index")).content.decode()
    said = client.get(reverse("pains:problem", args=["late"])).content.decode()
    assert "Nobody named it here." in said
    assert "parcel" not in said


def test_with_nothing_there(mark: Client) -> None:
    assert "Nobody has named a cause yet" in mark.get(reverse("pains:index")).content.decode()
