"""Do answers to kept questions leave in the morning, once, and only where there is something?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from loopwell.delivery.transports import Outcome, Result, Unreachable
from loopwell.digests import jobs
from loopwell.digests.operations.subscribing import send_subscriptions
from loopwell.insights.enums import Every
from loopwell.insights.models import SavedQuestion, Subscription
from loopwell.insights.saved_questions import change_question, due, keep_question, subscribe
from loopwell.jobs.running import run_all
from loopwell.kit.errors import Invalid, NotFound
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Post:
    """A way out that remembers what it was given."""

    limited = False

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.result = Result(Outcome.SENT)
        self.is_down = False

    def open(self) -> None:
        if self.is_down:
            raise Unreachable("the mail server does not answer")

    def send(self, mail: Any, ref: str) -> Result:
        self.sent.append(mail)
        return self.result

    def close(self) -> None:
        return None


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Post:
    settings.TIME_ZONE = "UTC"
    found = Post()
    monkeypatch.setattr("loopwell.digests.operations.subscribing.configured", lambda: found)
    return found


@pytest.fixture
def asked(company: Company, built: Callable[[], int]) -> SavedQuestion:
    """Forty promoters in North, which Alice keeps a question about and gets by mail on Mondays."""
    survey, who = factories.survey(), factories.customer(unit=company.north)
    for _number in range(40):
        factories.response(
            survey=survey, customer=who, score=10, answered_at=MONDAY - timedelta(days=3)
        )
    built()
    alice = company.actor("alice")
    found = keep_question(
        actor=alice, now=MONDAY, name="Units", address="by=unit&period=30d", share="all"
    )
    subscribe(actor=alice, now=MONDAY, question=found, every=Every.WEEK)
    return found


def test_the_answer_comes_on_monday_and_once(post: Post, asked: SavedQuestion) -> None:
    jobs.plan_questions(MONDAY)
    run_all(MONDAY)
    (mail,) = post.sent
    assert mail.subject == "Units"
    assert "North: +100" in mail.body
    assert f"/explore/kept/{asked.ref}/" in mail.body
    assert send_subscriptions(MONDAY + timedelta(hours=1)) == 0
    assert send_subscriptions(MONDAY + timedelta(days=1)) == 0
    assert send_subscriptions(MONDAY + timedelta(days=7)) == 1


def test_at_night_nothing_leaves(post: Post, asked: SavedQuestion) -> None:
    assert send_subscriptions(MONDAY.replace(hour=3)) == 0


def test_where_nothing_was_counted_no_mail_comes(post: Post, asked: SavedQuestion) -> None:
    assert send_subscriptions(MONDAY + timedelta(days=70)) == 0
    assert post.sent == []


def test_a_mail_server_that_is_away_is_tried_again(post: Post, asked: SavedQuestion) -> None:
    post.is_down = True
    assert send_subscriptions(MONDAY) == 0
    post.is_down = False
    assert send_subscriptions(MONDAY + timedelta(minutes=5)) == 1


def test_no_longer_shared_ends_the_mails_of_others(
    post: Post, asked: SavedQuestion, company: Company
) -> None:
    mark, alice = company.actor("mark"), company.actor("alice")
    subscribe(actor=mark, now=MONDAY, question=asked, every=Every.DAY)
    change_question(actor=alice, question=asked, name="Units", share="me")
    assert send_subscriptions(MONDAY) == 1
    assert list(Subscription.objects.values_list("user__email", flat=True)) == [company.alice.email]
    with pytest.raises(NotFound):
        subscribe(actor=mark, now=MONDAY, question=asked, every=Every.DAY)


def test_days_on_which_they_are_due(asked: SavedQuestion, company: Company) -> None:
    alice = company.actor("alice")
    days = {
        Every.DAY: (datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 7, tzinfo=UTC)),
        Every.MONTH: (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)),
    }
    for every, (yes, no) in days.items():
        subscribe(actor=alice, now=MONDAY, question=asked, every=every)
        assert (len(due(yes.date())), len(due(no.date()))) == (1, 0)


def test_names_are_ones_own_and_not_empty(asked: SavedQuestion, company: Company) -> None:
    alice = company.actor("alice")
    other = keep_question(actor=alice, now=MONDAY, name="Other", address="")
    with pytest.raises(Invalid):
        change_question(actor=alice, question=other, name="Units", share="me")
    with pytest.raises(Invalid):
        keep_question(actor=alice, now=MONDAY, name="  ", address="")
