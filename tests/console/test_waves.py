"""Pages of sendings: chosen, looked at, started, watched, and closed to others."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.delivery.models import Message
from loopwell.delivery.sending import send_waiting
from loopwell.jobs.running import run_all
from loopwell.journal.reading import consume_all
from loopwell.people.models import Property
from loopwell.sampling.models import Wave
from loopwell.sampling.operations import plan_wave
from loopwell.sampling.rules import CustomerFilter
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import published

CHOICES = {"open_for_days": 35, "reminders": "7"}


@pytest.fixture
def wave(company: Company, now: datetime) -> Wave:
    factories.customer(name="Ann", unit=company.north)
    factories.customer(name="Оля", unit=company.south, language="ru")
    return plan_wave(
        actor=company.actor("alice"), name="Spring", survey=published().survey,
        wanted=CustomerFilter(), now=now,
    )  # fmt: skip


def pages(wave: Wave) -> list[str]:
    base = f"/sendings/{wave.ref}/"
    return ["/sendings/", "/sendings/new/", "/sendings/reach/", base, f"{base}mail/ru/"]


def test_pages_open_for_the_programme(company: Company, wave: Wave, client: Client) -> None:
    client.force_login(company.alice)
    for page in pages(wave):
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("name", ["mark", "fiona", "oscar"])
def test_readers_are_refused(company: Company, wave: Wave, client: Client, name: str) -> None:
    client.force_login(getattr(company, name))
    for page in pages(wave):
        assert client.get(page).status_code == 403, page
    for act in ("launch", "test", "pause", "resume", "discard"):
        assert client.post(f"/sendings/{wave.ref}/{act}/").status_code == 403
    assert Wave.objects.get().launched_at is None


def test_nobody_is_sent_to_the_login(wave: Wave, client: Client) -> None:
    for page in pages(wave):
        assert client.get(page).status_code == 302


def test_the_programme_of_another_unit_sees_nothing(
    company: Company, wave: Wave, client: Client
) -> None:
    other = create_user(
        actor=SYSTEM, email="sue@acme.example", name="Sue", unit=company.south,
        roles=[Role.PROGRAMME],
    )  # fmt: skip
    client.force_login(other)

    assert client.get(f"/sendings/{wave.ref}/").status_code == 404
    for act in ("launch", "test", "pause", "resume", "discard"):
        assert client.post(f"/sendings/{wave.ref}/{act}/").status_code == 404
    assert client.get("/sendings/reach/").context["reach"].matching == 1
    assert "Spring" not in client.get("/sendings/").content.decode()


def test_the_count_follows_the_filter(company: Company, wave: Wave, client: Client) -> None:
    Property.objects.create(name="tariff", label="Tariff")
    factories.customer(email=None, properties={"tariff": "L"})
    factories.customer(properties={"tariff": "L"})
    client.force_login(company.alice)
    survey = wave.version.survey.ref

    wanted = {"survey": survey, "property_1": "tariff", "value_1": "L"}
    found = client.get("/sendings/reach/", wanted).context["reach"]

    assert (found.matching, found.askable) == (2, 1)
    assert [(each.reason, each.count) for each in found.left_out] == [("no_email", 1)]


def test_from_choice_to_answers(company: Company, client: Client) -> None:
    survey = published().survey
    factories.customer(name="Ann", unit=company.north)
    factories.customer(name="Sue", unit=company.south)
    client.force_login(company.alice)

    client.post("/sendings/new/", {**CHOICES, "survey": survey.ref, "unit": company.north.ref})
    wave = Wave.objects.get()
    planned = client.get(f"/sendings/{wave.ref}/")
    assert (planned.context["count"], planned.context["example"].name) == (1, "Ann")
    assert Message.objects.count() == 0

    client.post(f"/sendings/{wave.ref}/launch/")
    now = timezone.now()
    run_all(now)
    consume_all(now=now)
    send_waiting(now)
    going = client.get(f"/sendings/{wave.ref}/")

    assert (going.context["progress"].sent, going.context["waiting"]) == (1, 0)
    assert going.context["progress"].planned == 1
    assert Message.objects.get().invitation.customer.name == "Ann"


def test_a_test_goes_to_me_alone(company: Company, wave: Wave, client: Client) -> None:
    client.force_login(company.alice)
    client.post(f"/sendings/{wave.ref}/test/", {"language": "ru"})

    message = Message.objects.get()
    assert (message.to, message.invitation.is_test) == ("alice@acme.example", True)
    assert message.invitation.language == "ru"
    assert Wave.objects.get().launched_at is None


def test_pausing_resuming_discarding(company: Company, wave: Wave, client: Client) -> None:
    client.force_login(company.alice)
    client.post(f"/sendings/{wave.ref}/launch/")
    client.post(f"/sendings/{wave.ref}/pause/")
    assert Wave.objects.get().paused_at is not None
    client.post(f"/sendings/{wave.ref}/resume/")
    assert Wave.objects.get().paused_at is None
    assert client.post(f"/sendings/{wave.ref}/discard/").status_code == 409
    assert client.post(f"/sendings/{wave.ref}/launch/").status_code == 409


def test_without_a_published_survey_it_says_what_to_do(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    assert client.get("/sendings/new/").context["nothing_to_send"] is True
    assert client.get("/sendings/reach/").status_code == 404


def test_wrong_numbers_come_back_with_the_form(
    company: Company, wave: Wave, client: Client
) -> None:
    client.force_login(company.alice)
    page = client.post(
        "/sendings/new/",
        {**CHOICES, "survey": wave.version.survey.ref, "reminders": "40"},
    )

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"reminders"}
    assert Wave.objects.count() == 1


def test_the_list_takes_the_same_queries_for_any_number(
    company: Company, wave: Wave, client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(company.alice)
    for _ in range(5):
        factories.invitation(
            wave=Wave.objects.create(name="More", version=wave.version, seed=1),
            version=wave.version,
        )
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/sendings/")


def test_the_mail_in_the_frame_can_do_nothing(company: Company, wave: Wave, client: Client) -> None:
    client.force_login(company.alice)
    page = client.get(f"/sendings/{wave.ref}/mail/ru/")

    policy = page.headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self'; sandbox")
    assert "script-src" not in policy
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "/r/preview/?score=10" in page.content.decode()


def test_answers_are_weighted_on_a_page(client: Client, company: Company, now: datetime) -> None:
    wave = Wave.objects.create(name="W", version=factories.version(), seed=1, launched_at=now)
    people = [factories.customer(properties={"tariff": "L" if n < 3 else "S"}) for n in range(12)]
    Property.objects.get_or_create(name="tariff", defaults={"label": "Tariff"})
    for person in (*people[:2], *people[3:4]):
        factories.invitation(
            wave=wave, customer=person, properties=person.properties, answered_at=now
        )
    client.force_login(company.alice)

    wrong = client.post(f"/sendings/{wave.ref}/weights/", {"cap": "5"})
    assert wrong.status_code == 422
    client.post(f"/sendings/{wave.ref}/weights/", {"properties": ["tariff"], "cap": "5"})

    page = client.get(f"/sendings/{wave.ref}/weights/")
    report = page.context["weighting"].report
    assert report["answers"] == 3
    assert report["largest"] > 1 > report["smallest"]
    assert page.context["heaviest"][0]["group"] == "Tariff: S"
