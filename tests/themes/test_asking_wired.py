"""Where a language model is set up, it is asked about what our own model finds nothing in."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, Theme
from loopwell.themes.operations.asking import ask_later
from loopwell.themes.operations.reading import read_comments
from tests import factories
from tests.conftest import NOW, Company
from tests.integrations.gateway import Gateway, gateway
from tests.themes.test_coding import sources, themes

__all__ = ["themes"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def other(settings: Any) -> Iterator[Gateway]:
    with gateway() as state:
        settings.CODER_URL, settings.CODER_MODEL = f"{state.url}/v1", "m"
        settings.ALLOW_PRIVATE_NETWORKS = True
        yield state


def says(other: Gateway, slug: str, words: str) -> None:
    found = [{"theme": slug, "sentiment": -1, "words": [words]}]
    content = json.dumps({"comments": [{"id": 0, "themes": found}]})
    other.answers(200, choices=[{"message": {"role": "assistant", "content": content}}])


def comes(response: Response) -> None:
    read_comments([response.pk], NOW)
    ask_later([response.pk], NOW)
    run_all(NOW)


def test_its_themes_are_kept_and_stay_when_all_is_read_again(
    other: Gateway, company: Company, themes: dict[str, Theme]
) -> None:
    says(other, "price", "far too dear")
    customer = factories.customer(name="Olena Kovalenko")
    response = factories.response(score=2, comment="far too dear, Olena", customer=customer)

    comes(response)
    read_comments([response.pk], NOW)

    (mention,) = response.mentions.all()
    assert (mention.source, mention.theme.slug, mention.weight) == ("model", "price", 100)
    assert (mention.words, mention.confidence) == ([[0, 12]], None)
    assert "Olena" not in other.told[0].body


def test_where_our_own_model_speaks_nobody_is_asked(
    other: Gateway, company: Company, themes: dict[str, Theme]
) -> None:
    response = factories.response(score=2, comment="dear")
    Mention.objects.create(response=response, theme=themes["price"], weight=100, confidence=0.9,
                           source=MentionSource.MODEL)  # fmt: skip

    ask_later([response.pk], NOW)

    assert not Job.objects.filter(kind="themes.ask").exists()


def test_nobody_is_asked_unless_it_is_set_up(
    settings: Any, company: Company, themes: dict[str, Theme]
) -> None:
    settings.CODER_URL = ""
    response = factories.response(score=2, comment="dear")

    ask_later([response.pk], NOW)

    assert not Job.objects.filter(kind="themes.ask").exists()


def test_a_comment_taken_away_takes_what_was_said_along(
    other: Gateway, company: Company, themes: dict[str, Theme]
) -> None:
    says(other, "price", "dear")
    response = factories.response(score=2, comment="dear")
    comes(response)
    assert sources(response) == {"model": {"price"}}

    Response.objects.filter(pk=response.pk).update(comment="")
    read_comments([response.pk], NOW)

    assert sources(response) == {}
