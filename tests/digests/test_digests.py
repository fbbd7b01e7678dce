"""Does everybody get each digest once, at their hour, with the numbers of their home page?"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.calc.nps import Counts
from loopwell.delivery.transports import Outcome, Result, Unreachable
from loopwell.digests import jobs
from loopwell.digests.enums import Edition
from loopwell.digests.models import Digest, Opinion
from loopwell.digests.operations import choose_digests, plan_digests, send_digests
from loopwell.digests.queries import Readings, wished
from loopwell.digests.rules import days_of, edition_of
from loopwell.digests.wording import token_of
from loopwell.jobs.running import run_all
from loopwell.responses.models import Response
from loopwell.targets.models import Target
from tests import factories
from tests.conftest import Company
from tests.console.test_home import many

WEDNESDAY = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)


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
        if self.result.outcome is Outcome.SENT:
            self.sent.append(mail)
        return self.result

    def close(self) -> None:
        return None


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Post:
    settings.TIME_ZONE = "UTC"
    found = Post()
    monkeypatch.setattr("loopwell.digests.operations.sending.configured", lambda: found)
    return found


def answered(company: Company, day: datetime = WEDNESDAY - timedelta(days=1)) -> Response:
    return factories.response(unit=company.north, score=9, comment="Quick", answered_at=day)


def test_each_person_and_day_gets_one_digest_however_often_the_clock_strikes(
    company: Company, built: Any, post: Post
) -> None:
    answered(company)
    built()
    for minute in (0, 2, 4, 60):
        at = WEDNESDAY + timedelta(minutes=minute)
        jobs.plan(at)
        run_all(at)
    mark = Digest.objects.get(user=company.mark)
    assert (mark.edition, mark.day) == (Edition.DAILY, date(2026, 3, 4))
    assert [m.to for m in post.sent].count([company.mark.email]) == 1
    assert company.fiona.email not in {m.to[0] for m in post.sent}


@pytest.mark.parametrize(
    ("hour", "zone", "due"),
    [(7, "UTC", False), (8, "UTC", True), (12, "UTC", False), (6, "Europe/Kyiv", True),
     (8, "America/New_York", False), (13, "America/New_York", True)],
)  # fmt: skip
def test_it_comes_in_the_morning_of_its_reader(
    hour: int, zone: str, due: bool, company: Company, post: Post
) -> None:
    User.objects.filter(pk=company.mark.pk).update(time_zone=zone)
    plan_digests(WEDNESDAY.replace(hour=hour))
    assert Digest.objects.filter(user=company.mark).exists() is due


def test_nobody_is_written_to_on_a_day_off(company: Company, post: Post) -> None:
    plan_digests(WEDNESDAY + timedelta(days=3))  # a Saturday
    assert not Digest.objects.exists()


def test_the_larger_edition_takes_the_place_of_the_smaller() -> None:
    def works(day: date) -> bool:
        return day.weekday() < 5

    everything = frozenset(Edition)
    assert edition_of(date(2026, 3, 2), works, everything) is Edition.MONTHLY  # first working day
    assert edition_of(date(2026, 3, 9), works, everything) is Edition.WEEKLY
    assert edition_of(date(2026, 3, 10), works, everything) is Edition.DAILY
    assert edition_of(date(2026, 3, 2), works, frozenset({Edition.DAILY})) is Edition.DAILY
    assert edition_of(date(2026, 3, 10), works, frozenset({Edition.WEEKLY})) is None
    assert days_of(Edition.DAILY, date(2026, 3, 9), works) == (date(2026, 3, 6), date(2026, 3, 9))
    assert days_of(Edition.MONTHLY, date(2026, 3, 2), works) == (
        date(2026, 2, 1), date(2026, 3, 1),
    )  # fmt: skip


def test_a_day_without_anything_is_left_out_and_the_next_mail_says_so(
    company: Company, built: Any, post: Post
) -> None:
    built()
    plan_digests(WEDNESDAY)
    send_digests(WEDNESDAY)
    assert Digest.objects.get(user=company.mark).paused_at == WEDNESDAY
    assert post.sent == []
    answered(company, WEDNESDAY + timedelta(hours=2))
    built()
    thursday = WEDNESDAY + timedelta(days=1)
    plan_digests(thursday)
    send_digests(thursday)
    words = next(m.body for m in post.sent if m.to == [company.mark.email])
    assert "There was no mail last time: nothing had happened." in words


def test_failures_are_tried_again_and_then_shown(company: Company, built: Any, post: Post) -> None:
    answered(company)
    built()
    plan_digests(WEDNESDAY)
    post.is_down = True
    at = WEDNESDAY
    for _try in range(6):
        send_digests(at)
        at += timedelta(hours=1)
    row = Digest.objects.get(user=company.mark)
    assert row.failed_at is not None
    assert row.error == "the mail server does not answer"
    assert (row.attempts, row.sent_at) == (5, None)


def test_what_was_claimed_by_a_dead_worker_is_never_sent_twice(
    company: Company, built: Any, post: Post
) -> None:
    answered(company)
    built()
    plan_digests(WEDNESDAY)
    Digest.objects.update(claimed_at=WEDNESDAY)
    assert send_digests(WEDNESDAY + timedelta(hours=1)) == 0
    assert post.sent == []


def test_its_numbers_are_those_of_the_home_page(
    client: Client, company: Company, built: Any, post: Post
) -> None:
    survey = factories.survey()
    many(survey, company.north, days=5, counts=Counts(10, 20, 70))
    many(survey, company.north, days=120, counts=Counts(40, 20, 10))
    many(survey, company.south, days=5, counts=Counts(50, 0, 0))
    built()
    client.force_login(company.mark)
    home = client.get("/").context
    found = Readings(timezone.now().date()).standing(company.actor("mark"))
    assert found is not None
    assert found.score == home["score"]
    assert found.change == home["board"].change
    everybody = Readings(timezone.now().date()).standing(company.actor("alice"))
    assert everybody is not None
    assert everybody.score == client_home(client, company.alice)["score"]


def client_home(client: Client, user: User) -> Any:
    client.force_login(user)
    return client.get("/").context


def test_who_owns_accounts_reads_only_of_those(company: Company, built: Any) -> None:
    anna = create_user(
        actor=SYSTEM, email="anna@acme.example", name="Anna", unit=company.root,
        roles=[Role.ACCOUNT_MANAGER],
    )  # fmt: skip
    account = factories.account(owner=anna)
    now = timezone.now()
    who = factories.customer(account=account)
    factories.response(customer=who, account=account, score=10, answered_at=now)
    factories.response(unit=company.north, score=0, answered_at=now)
    built()
    from loopwell.access.queries import actor_for

    found = Readings(now.date()).standing(actor_for(anna))
    assert found is not None
    assert found.score is not None
    assert (found.score.n, found.score.value) == (1, 100.0)


def test_many_people_of_the_same_units_cost_few_queries(
    company: Company, built: Any, django_assert_max_num_queries: Any
) -> None:
    answered(company)
    built()
    readings = Readings(date(2026, 3, 4))
    readings.standing(company.actor("mark"))
    actor, other = company.actor("mark"), company.actor("oscar")
    with django_assert_max_num_queries(0):
        readings.standing(actor)
    with django_assert_max_num_queries(1):  # whether there are accounts, for other units
        readings.standing(other)


def test_only_pressing_the_button_counts_and_only_once(client: Client, company: Company) -> None:
    digest = Digest.objects.create(user=company.mark, edition=Edition.DAILY, day=WEDNESDAY.date())
    url = f"/digest/{token_of(digest.ref)}/"
    for _visit in range(3):
        assert client.get(f"{url}?helped=yes").status_code == 200
    client.head(url)
    assert not Opinion.objects.exists()
    client.post(url, {"helped": "no", "sentence": "Too long"})
    client.post(url, {"helped": "yes"})
    opinion = Opinion.objects.get()
    assert (opinion.helped, opinion.sentence, opinion.unit) == (False, "Too long", company.north)
    assert client.get("/digest/forged/").status_code == 404
    assert not {f.name for f in Opinion._meta.get_fields()} & {"user", "digest", "by"}


def test_one_edition_is_stopped_from_the_mail(client: Client, company: Company) -> None:
    digest = Digest.objects.create(user=company.mark, edition=Edition.DAILY, day=WEDNESDAY.date())
    url = f"/digest/{token_of(digest.ref)}/stop/"
    client.get(url)
    assert Edition.DAILY in wished(company.actor("mark")).editions
    client.post(url, {"List-Unsubscribe": "One-Click"})
    assert wished(company.actor("mark")).editions == {Edition.WEEKLY, Edition.MONTHLY}


def test_one_chooses_editions_and_hour(client: Client, company: Company, post: Post) -> None:
    client.force_login(company.fiona)
    assert client.get("/me/digests/").status_code == 200
    client.post("/me/digests/", {"editions": ["daily"], "at": "06:00"})
    assert wished(company.actor("fiona")).at == time(6)
    plan_digests(WEDNESDAY.replace(hour=6))
    assert Digest.objects.filter(user=company.fiona, edition=Edition.DAILY).count() == 1
    choose_digests(actor=company.actor("fiona"), editions=[], at=time(6))
    plan_digests(WEDNESDAY + timedelta(days=1))
    assert Digest.objects.filter(user=company.fiona).count() == 1


def test_the_preview_shows_ones_own_and_keeps_nothing(
    client: Client, company: Company, built: Any
) -> None:
    factories.response(unit=company.south, comment="Of the south", answered_at=timezone.now())
    built()
    client.force_login(company.mark)
    page = client.get("/me/digests/daily/")
    assert page.status_code == 200
    assert "Of the south" not in page.content.decode()
    assert client.get("/me/digests/hourly/").status_code == 404
    assert not Digest.objects.exists()


def test_it_is_read_in_its_readers_language(company: Company, built: Any, post: Post) -> None:
    User.objects.filter(pk=company.mark.pk).update(language="ru")
    answered(company)
    built()
    plan_digests(WEDNESDAY)
    send_digests(WEDNESDAY)
    html = next(m.alternatives[0][0] for m in post.sent if m.to == [company.mark.email])
    assert '<html lang="ru">' in html
    assert mail.outbox == []


def test_it_tells_how_the_target_stands(company: Company, built: Any, post: Post) -> None:
    survey = factories.survey()
    Response.objects.bulk_create(
        Response(
            survey=survey, kind=survey.kind, unit=company.north, score=score, source="email",
            answered_at=WEDNESDAY - timedelta(days=1), updated_at=WEDNESDAY,
        )
        for score in [10] * 30 + [3] * 10
    )  # fmt: skip
    Target.objects.create(
        metric="nps", unit=company.north, period="quarter", value=90,
        start=date(2026, 1, 1), end=date(2026, 4, 1),
    )  # fmt: skip
    built()
    jobs.plan(WEDNESDAY)
    run_all(WEDNESDAY)
    texts = {m.to[0]: m.body for m in post.sent}
    assert (
        "The target +90 until 31 March 2026 is off track, 1\u00a0% likely."
        in (texts[company.mark.email])
    )
    assert all("The target" not in text for to, text in texts.items() if to != company.mark.email)
