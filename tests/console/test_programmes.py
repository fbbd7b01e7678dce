"""Programmes are made and stopped on pages; contact rules, the log and the planner too."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.sampling import operations, queries
from loopwell.sampling.enums import ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import ContactLimit, ContactRule, Decision, Programme, Run
from loopwell.sampling.rules import ProgrammeDraft
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey
from loopwell.surveys.operations import create_survey, publish_version
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


def survey(kind: SurveyKind = SurveyKind.TRANSACTIONAL, name: str = "After a call") -> Survey:
    now = timezone.now()
    made = create_survey(actor=SYSTEM, name=name, kind=kind, languages=["en"], now=now)
    publish_version(actor=SYSTEM, survey=made, now=now)
    return made


def programme(kind: ProgrammeKind = ProgrammeKind.RELATIONSHIP) -> Programme:
    return operations.create_programme(
        actor=SYSTEM,
        survey=survey(SurveyKind.RELATIONSHIP, "In general"),
        draft=ProgrammeDraft(kind=kind, name="Everybody"),
        now=timezone.now(),
    )


def test_a_programme_after_a_contact_is_made_by_filling_in_a_form(alice: Client) -> None:
    asked = survey()
    form = alice.get("/programmes/new/transactional/")
    assert [name for _ref, name in form.context["form"].fields["survey"].choices] == [
        "After a call"
    ]

    given = {
        "survey": asked.ref, "channel": "email", "other_touchpoint": "Call", "delay": "3",
        "delay_unit": "hours", "expires_days": "5", "share": "50", "open_for_days": "20",
        "reminders": "4", "most_1": "25", "period_1": "day", "each_1": "unit",
        "why_invitation": "A call is worth asking about at once",
    }  # fmt: skip
    done = alice.post("/programmes/new/transactional/", given)

    made = Programme.objects.get()
    assert done.headers["Location"] == f"/programmes/{made.ref}/"
    assert (made.touchpoints, made.delay_minutes, made.expires_hours) == (["Call"], 180, 120)
    assert (made.share, made.reminders, made.started_at) == (50, [4], None)
    quota = made.quotas.get()
    assert (quota.most, quota.period, quota.each) == (25, QuotaPeriod.DAY, "unit")
    broken = made.contact_exceptions.get()
    assert (broken.after, broken.reason) == ("invitation", "A call is worth asking about at once")
    page = alice.get(f"/programmes/{made.ref}/").content.decode()
    assert "3 hours after: Call" in page
    assert "at most 25 a day for each unit" in page
    assert "A call is worth asking about at once" in page


def test_what_does_not_fit_is_said_beside_its_field(alice: Client) -> None:
    given = {"survey": survey().ref, "channel": "email", "delay": "200", "delay_unit": "hours",
             "expires_days": "2", "share": "50", "open_for_days": "20",
             "reminders": "x"}  # fmt: skip

    page = alice.post("/programmes/new/transactional/", given)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"reminders"}
    page = alice.post("/programmes/new/transactional/", {**given, "reminders": ""})
    assert set(page.context["form"].errors) == {"expires_days"}
    assert not Programme.objects.exists()


def test_the_effect_is_shown_before_anything_is_saved(alice: Client) -> None:
    asked = survey(SurveyKind.RELATIONSHIP, "In general")
    for _number in range(3):
        factories.customer()
    factories.customer(email=None, external_id="without")

    page = alice.get(f"/programmes/new/relationship/reach/?survey={asked.ref}&channel=email")

    reach = page.context["reach"]
    assert (reach.matching, reach.asked) == (4, 3)
    assert [(each.reason, each.count) for each in reach.left_out] == [("no_email", 1)]


def test_it_is_started_paused_resumed_and_ended_and_too_late_is_told(alice: Client) -> None:
    made = programme()
    page = f"/programmes/{made.ref}/"
    for verb, expected in (("start", "Runs"), ("pause", "Paused"), ("resume", "Runs")):
        alice.post(f"{page}{verb}/")
        assert alice.get(page).context["state"][0] == expected
    told = alice.post(f"{page}resume/", follow=True).content.decode()
    assert "Only a paused programme can go on." in told
    alice.post(f"{page}end/")
    made.refresh_from_db()
    assert made.ended_at is not None
    assert alice.get(f"{page}").context["state"][0] == "Ended"


def test_a_change_fills_the_form_with_what_was_chosen(alice: Client) -> None:
    made = programme()
    form = alice.get(f"/programmes/{made.ref}/change/").context["form"]
    assert form["cycle_days"].value() == 91
    given = {"name": "Everybody", "channel": "email", "cycle_days": "365", "open_for_days": "35"}

    done = alice.post(f"/programmes/{made.ref}/change/", given)

    assert done.status_code == 302
    made.refresh_from_db()
    assert made.cycle_days == 365


def test_rules_are_added_changed_moved_and_removed(alice: Client) -> None:
    ContactRule.objects.all().delete()
    alice.post("/contact-rules/add/", {"days": "30", "after": "invitation"})
    alice.post("/contact-rules/add/", {"days": "90", "after": "answer", "kind": "relationship"})
    first, second = ContactRule.objects.all()
    alice.post(f"/contact-rules/{second.pk}/move/", {"up": "1"})
    assert [each.pk for each in ContactRule.objects.all()] == [second.pk, first.pk]
    alice.post(f"/contact-rules/{first.pk}/", {"days": "45", "after": "invitation"})
    first.refresh_from_db()
    assert first.days == 45
    assert "Remove the rule?" in alice.get(f"/contact-rules/{first.pk}/remove/").content.decode()
    alice.post(f"/contact-rules/{first.pk}/remove/")
    assert list(ContactRule.objects.values_list("pk", flat=True)) == [second.pk]


def test_limits_are_kept_and_wrong_ones_told(alice: Client) -> None:
    wrong = alice.post("/contact-rules/limits/", {"holidays_of": "xx", "decisions_kept_days": "90"})
    assert wrong.status_code == 422
    assert set(wrong.context["limits"].errors) == {"holidays_of"}

    alice.post("/contact-rules/limits/", {"quiet_from": "20:00", "quiet_to": "09:00",
               "most_per_day": "1", "holidays_of": "pl", "decisions_kept_days": "90"})  # fmt: skip

    limit = ContactLimit.objects.get()
    assert (limit.most_per_day, limit.holidays_of, limit.decisions_kept_days) == (1, "PL", 90)
    assert f"{limit.quiet_from:%H:%M}" == "20:00"


def test_a_changed_rule_shows_what_running_programmes_would_ask(alice: Client) -> None:
    made = programme()
    operations.start_programme(actor=SYSTEM, programme=made, now=timezone.now())
    person = factories.customer()
    factories.invitation(customer=person, planned_at=timezone.now() - timedelta(days=40))
    ContactRule.objects.all().delete()

    page = alice.get("/contact-rules/effect/?days=60&after=invitation")

    [effect] = page.context["programmes"]
    assert (effect.before.asked, effect.after.asked) == (1, 0)


def test_the_log_is_searched_by_customer_and_exported(alice: Client) -> None:
    made = programme()
    run = Run.objects.create(programme=made, at=timezone.now(), seed=1)
    ann = factories.customer(name="Ann", email="ann@mail.example")
    bob = factories.customer(name="=Bob", email="bob@mail.example")
    Decision.objects.create(run=run, customer=ann, outcome="asked")
    Decision.objects.create(run=run, customer=bob, outcome="asked_lately")

    page = alice.get("/decisions/?q=ann")
    assert [each.customer for each, _label in page.context["rows"]] == [ann]
    only = alice.get("/decisions/?outcome=asked_lately")
    assert [each.customer for each, _label in only.context["rows"]] == [bob]
    lines = b"".join(alice.get("/decisions/export/")).decode().splitlines()
    assert len(lines) == 3
    assert "'=Bob" in lines[1]


def test_the_planner_answers_in_answers_and_invitations(alice: Client) -> None:
    for _number in range(5):
        factories.customer()

    page = alice.get("/planner/?goal=margin&points=10&kind=relationship&channel=email&groups=1")

    plan = page.context["plan"]
    assert plan == queries.plan_answers(
        actor=SYSTEM, kind="relationship", now=timezone.now(), population=5, margin=10
    )
    assert plan.population == 5
    assert page.context["all_answers"] == plan.answers


def test_outsiders_and_readers_stay_out(client: Client, company: Company) -> None:
    made = programme()
    for who in (company.oscar, company.fiona):
        client.force_login(who)
        for path in ("/programmes/", f"/programmes/{made.ref}/", "/contact-rules/", "/decisions/",
                     "/planner/"):  # fmt: skip
            assert client.get(path).status_code in (403, 404)
