"""Answers that went through the journal, as the consumer sees them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.responses.models import Response
from tests import factories
from tests.conftest import NOW, Company

Answer = Callable[..., Response]


def tell(answer: Response, *, what: str = "recorded", at: datetime = NOW) -> None:
    append(actor=SYSTEM, now=at, events=[Event(f"response.{what}", "response", answer.pk)])
    consume_all(now=at)


@pytest.fixture
def answer(company: Company) -> Answer:
    """An answer of a customer of North, recorded and followed by every consumer."""

    def record(*, at: datetime = NOW, **fields: Any) -> Response:
        made = factories.response(**{"score": 3, "unit": company.north, "answered_at": at} | fields)
        tell(made, at=at)
        return made

    return record


@pytest.fixture
def case(answer: Answer) -> Case:
    return Case.objects.get(response=answer(comment="Nobody called me back."))
