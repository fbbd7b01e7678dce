"""Pressed twice at the same moment: still one person's one answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from loopwell.responses.holding import receive
from loopwell.responses.models import Response
from loopwell.responses.rules import Answer, Effect
from loopwell.surveys.enums import SurveyKind
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_are_one_answer() -> None:
    now = timezone.now()
    version = factories.version(survey=factories.survey(kind=SurveyKind.EMPLOYEE))
    asked = factories.invitation(version=version, expires_at=now + timedelta(days=9))

    def press(score: int) -> Effect:
        try:
            return receive(invitation_ref=asked.ref, answer=Answer(score), now=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        effects = list(pool.map(press, range(10)))

    assert sorted(each.value for each in effects) == ["changed"] * 9 + ["new"]
    assert Response.objects.count() == 1
