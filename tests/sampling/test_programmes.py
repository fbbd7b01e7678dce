"""Programmes: set up, started, paused and ended; day by day and contact by contact."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all, strike
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.people.models import Customer, Interaction
from loopwell.sampling import operations, queries
from loopwell.sampling.enums import After, ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import (
    ContactException,
    ContactLimit,
    ContactRule,
    Decision,
    Invitation,
    Link,
    Programme,
    Run,
    Wave,
)
from loopwell.sampling.operations import NothingToSend, NotNow
from loopwell.sampling.rules import (
    CustomerFilter,
    InteractionFilter,
    ProgrammeDraft,
    QuotaDraft,
)
from loopwell.surveys.models import Survey
from tests import factories
from tests.conftest import Company

DAY = timedelta(days=1)
IN_TURN = ProgrammeDraft(kind=ProgrammeKind.RELATIONSHIP, cycle_days=7, reminders=())
AFTER_CONTACT = ProgrammeDraft(
    kind=ProgrammeKind.TRANSACTIONAL, touchpoints=("visit",), delay_minutes=60, reminders=()
)


@pytest.fixture
def survey(company: Company) -> Survey:
    return factories.version().survey


def create(
    company: Company, survey: Survey, now: datetime, draft: ProgrammeDraft, *, start: bool = True
) -> Programme:
    actor = company.actor("alice")
    made = operations.create_programme(actor=actor, survey=survey, draft=draft, now=now)
    return operations.start_programme(actor=actor, programme=made, now=now) if start else made


def tick(now: datetime) -> None:
    """The clock strikes and workers do what is due."""
    strike(now)
    run_all(now)


def with_(draft: ProgrammeDraft, **fields: object) -> ProgrammeDraft:
    return ProgrammeDraft(**{**vars(draft), **fields})  # type: ignore[arg-type]


def met(at: datetime, **fields: object) -> Interaction:
    who = fields.pop("customer", None) or factories.customer()
    values = {"touchpoint": "visit", "created_at": at, **fields}
    return Interaction.objects.create(customer=who, at=at, **values)


def outcomes(programme: Programme) -> Counter[str]:
    return Counter(programme.decisions.values_list("outcome", flat=True))


# Everybody in turn


def test_a_cycle_spreads_over_its_working_days_and_asks_everybody_once(
    company: Company, survey: Survey, now: datetime
) -> None:
    for _ in range(10):
        factories.customer()
    programme = create(company, survey, now, IN_TURN)  # a Wednesday

    by_day = []
    for number in range(7):
        tick(now + number * DAY)
        by_day.append(programme.invitations.count())

    assert by_day == [2, 4, 6, 6, 6, 8, 10]
    wave = Wave.objects.get()
    assert (wave.programme, wave.chosen, wave.ends_at) == (
        programme, 10, datetime(2026, 3, 11, tzinfo=now.tzinfo),
    )  # fmt: skip
    assert programme.invitations.values("customer").distinct().count() == 10
    assert Run.objects.filter(finished_at=None).count() == 0


def test_a_day_is_asked_once_however_often_the_clock_strikes(
    company: Company, survey: Survey, now: datetime
) -> None:
    for _ in range(10):
        factories.customer()
    programme = create(company, survey, now, IN_TURN)

    for minutes in range(0, 300, 50):
        tick(now + timedelta(minutes=minutes))
    Job.objects.update(finished_at=None, leased_until=None)  # a worker that does it all again
    run_all(now)

    assert (programme.invitations.count(), programme.runs.count()) == (2, 1)


def test_nobody_is_asked_before_eight_on_weekends_or_holidays(
    company: Company, survey: Survey, now: datetime
) -> None:
    factories.customer()
    operations.set_contact_limit(actor=company.actor("alice"), now=now, holidays_of="PL")
    programme = create(company, survey, now, IN_TURN)

    for moment in (
        datetime(2026, 3, 4, 7, 59, tzinfo=now.tzinfo),
        datetime(2026, 3, 7, 10, 0, tzinfo=now.tzinfo),
        datetime(2026, 4, 6, 10, 0, tzinfo=now.tzinfo),  # Easter Monday
    ):
        tick(moment)
    assert programme.invitations.count() == 0
    tick(datetime(2026, 4, 7, 10, 0, tzinfo=now.tzinfo))
    assert programme.invitations.count() == 1


def test_newcomers_join_leavers_fall_out_and_the_quarantined_are_tried_again(
    company: Company, survey: Survey, now: datetime
) -> None:
    late = factories.customer()
    factories.invitation(customer=late, planned_at=now - 27 * DAY)  # free on Saturday
    gone = factories.customer(email="gone@mail.example")
    Customer.objects.filter(pk=gone.pk).update(email="")
    programme = create(company, survey, now, IN_TURN)
    tick(now)
    assert outcomes(programme) == {"asked_lately": 1, "no_email": 1}
    new = factories.customer()

    for number in range(1, 7):
        tick(now + number * DAY)

    asked = set(programme.invitations.values_list("customer_id", flat=True))
    assert asked == {late.pk, new.pk}
    assert outcomes(programme)["no_email"] == 1, "what the log says already is not repeated"


def test_the_next_cycle_begins_when_one_has_ended(
    company: Company, survey: Survey, now: datetime
) -> None:
    ContactRule.objects.all().delete()
    factories.customer()
    programme = create(company, survey, now, IN_TURN)

    for number in range(8):
        tick(now + number * DAY)

    assert programme.waves.count() == 2
    assert programme.invitations.count() == 2


def test_a_run_left_unfinished_is_finished_the_next_day(
    company: Company, survey: Survey, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        factories.customer()
    programme = create(company, survey, now, IN_TURN)

    def dies(*_args: object, **_named: object) -> int:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr("loopwell.sampling.jobs.programmes.invite_chosen", dies)
        tick(now)
    chosen = set(programme.decisions.filter(outcome="asked").values_list("customer_id", flat=True))
    assert (len(chosen), programme.invitations.count()) == (2, 0)
    Job.objects.all().delete()

    tick(now + DAY)

    assert programme.invitations.count() == 4
    assert chosen <= set(programme.invitations.values_list("customer_id", flat=True))


def test_what_comes_is_what_was_foretold(company: Company, survey: Survey, now: datetime) -> None:
    for _ in range(10):
        factories.customer()
    quota = QuotaDraft(QuotaPeriod.WEEK, 5)
    programme = create(company, survey, now, with_(IN_TURN, quotas=(quota,)))

    told = [day.expected for day in queries.upcoming(programme, now)]
    seen = []
    for number in range(7):
        before = programme.invitations.count()
        tick(now + number * DAY)
        seen.append(programme.invitations.count() - before)

    assert told == seen == [2, 2, 1, 0, 0, 3, 2]
    assert Programme.objects.get().runs.count() == 5


def test_what_quotas_make_impossible_is_said_early(
    company: Company, survey: Survey, now: datetime
) -> None:
    for _ in range(10):
        factories.customer()
    programme = create(
        company, survey, now, with_(IN_TURN, quotas=(QuotaDraft(QuotaPeriod.DAY, 1),))
    )

    (found,) = queries.shortfalls(programme, now)

    assert (found.wanted, found.possible) == (10, 5)


# After a contact


def test_contacts_are_asked_about_once_when_their_delay_is_over(
    company: Company, survey: Survey, now: datetime
) -> None:
    programme = create(company, survey, now, AFTER_CONTACT)
    one = met(now, unit=company.north, product="L", properties={"clerk": "x"})
    met(now, touchpoint="call")

    tick(now + timedelta(minutes=59))
    assert Invitation.objects.count() == 0
    for minutes in (60, 61, 90):
        tick(now + timedelta(minutes=minutes))

    made = Invitation.objects.get()
    assert (made.interaction, made.programme, made.unit, made.product, made.touchpoint) == (
        one, programme, company.north, "L", "visit",
    )  # fmt: skip
    assert made.properties == {"clerk": "x"}
    assert outcomes(programme) == {"asked": 1}


def test_of_several_contacts_the_newest_is_asked_about(
    company: Company, survey: Survey, now: datetime
) -> None:
    programme = create(company, survey, now, AFTER_CONTACT)
    ann = factories.customer()
    newest = met(now + timedelta(minutes=5), customer=ann)
    older = met(now, customer=ann)

    tick(now + timedelta(hours=2))

    assert dict(Decision.objects.values_list("interaction_id", "outcome")) == {
        newest.pk: "asked", older.pk: "duplicate",
    }  # fmt: skip
    assert programme.invitations.get().interaction == newest


def test_old_contacts_expire_and_those_before_the_start_are_left_alone(
    company: Company, survey: Survey, now: datetime
) -> None:
    met(now - 40 * DAY)
    programme = create(company, survey, now, AFTER_CONTACT)
    met(now - 30 * DAY, created_at=now)
    met(now - timedelta(hours=2), created_at=now)

    tick(now + timedelta(minutes=1))
    tick(now + timedelta(minutes=2))

    assert outcomes(programme) == {"expired": 1, "asked": 1}


def test_paused_it_asks_nobody_and_writes_down_what_expired(
    company: Company, survey: Survey, now: datetime
) -> None:
    alice = company.actor("alice")
    programme = create(company, survey, now, AFTER_CONTACT)
    met(now)
    operations.pause_programme(actor=alice, programme=programme, now=now)
    tick(now + 2 * DAY)
    assert Decision.objects.count() == 0

    later = now + 10 * DAY
    operations.resume_programme(actor=alice, programme=programme, now=later)
    tick(later)

    assert outcomes(programme) == {"expired": 1}


def test_filters_on_the_contact_and_the_customer(
    company: Company, survey: Survey, now: datetime
) -> None:
    draft = with_(
        AFTER_CONTACT,
        touchpoints=(),
        wanted=CustomerFilter(language="en"),
        about=InteractionFilter(
            unit=company.north.ref,
            employee=company.fiona.ref,
            product="L",
            channel="shop",
            properties=(("paid", "yes"),),
        ),
    )
    programme = create(company, survey, now, draft)
    fits = {
        "unit": company.north, "employee": company.fiona, "product": "L", "channel": "shop",
        "properties": {"paid": "yes"},
    }  # fmt: skip
    wanted = met(now, **fits)
    for name, value in {
        "unit": company.south, "employee": company.mark, "product": "M", "channel": "web",
        "properties": {"paid": "no"}, "customer": factories.customer(language="ru"),
    }.items():  # fmt: skip
        met(now, **{**fits, name: value})

    tick(now + timedelta(hours=2))

    assert [each.interaction for each in programme.invitations.all()] == [wanted]
    assert outcomes(programme) == {"asked": 1}


def test_a_share_is_drawn_by_lot_whatever_the_order_they_come_in(
    company: Company, survey: Survey, now: datetime
) -> None:
    programme = create(company, survey, now, with_(AFTER_CONTACT, share=30))
    first = [met(now) for _ in range(40)]
    tick(now + timedelta(hours=2))
    second = [met(now + timedelta(hours=2)) for _ in range(40)]
    tick(now + timedelta(hours=4))

    asked = set(programme.invitations.values_list("interaction_id", flat=True))

    assert 10 <= len(asked) <= 40  # 24 expected, sd 4.1
    assert asked & {each.pk for each in first}
    assert asked & {each.pk for each in second}
    assert outcomes(programme) == {"asked": len(asked), "sample": 80 - len(asked)}


def test_a_days_quota_for_each_unit_counts_what_was_asked_before(
    company: Company, survey: Survey, now: datetime
) -> None:
    quota = QuotaDraft(QuotaPeriod.DAY, 2, "unit")
    programme = create(company, survey, now, with_(AFTER_CONTACT, quotas=(quota,)))
    met(now, unit=company.north)
    tick(now + timedelta(hours=1))
    for _ in range(3):
        met(now + timedelta(hours=1), unit=company.north)
    met(now + timedelta(hours=1), unit=company.south)
    tick(now + timedelta(hours=3))
    met(now + timedelta(hours=14), unit=company.north)
    tick(now + timedelta(hours=15))  # the next day

    units = Counter(programme.invitations.values_list("unit__name", flat=True))
    assert units == {"North": 3, "South": 1}
    assert outcomes(programme) == {"asked": 4, "quota": 2}


def test_contacts_of_a_run_that_died_are_asked_about_once(
    company: Company, survey: Survey, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = create(company, survey, now, AFTER_CONTACT)
    ann = factories.customer()
    newest = met(now + timedelta(minutes=5), customer=ann)
    met(now, customer=ann)
    monkeypatch.setattr("loopwell.sampling.deciding.AT_ONCE", 1)
    calls = []

    def dies(*_args: object, **_named: object) -> None:
        calls.append(1)
        if len(calls) == 4:
            raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr("loopwell.jobs.running.ClaimedJob.progress", dies)
        tick(now + timedelta(hours=2))
    assert outcomes(programme)["asked"] == 1
    assert programme.invitations.count() == 0

    Job.objects.update(run_at=now, leased_until=None)
    tick(now + timedelta(hours=2, minutes=1))

    assert [each.interaction for each in programme.invitations.all()] == [newest]
    assert outcomes(programme) == {"asked": 1, "duplicate": 1}


# Setting up


def test_a_programme_needs_a_published_survey_in_use(company: Company, now: datetime) -> None:
    draft_survey = factories.version(published_at=None).survey
    archived = factories.version().survey
    Survey.objects.filter(pk=archived.pk).update(archived_at=now)
    archived.refresh_from_db()

    for survey in (draft_survey, archived):
        programme = create(company, survey, now, IN_TURN, start=False)
        with pytest.raises(NothingToSend):
            operations.start_programme(actor=company.actor("alice"), programme=programme, now=now)


def test_states_follow_each_other(company: Company, survey: Survey, now: datetime) -> None:
    alice = company.actor("alice")
    programme = create(company, survey, now, with_(IN_TURN, kind=ProgrammeKind.LINK))
    link = Link.objects.create(programme=programme, kind="qr", name="Door")
    with pytest.raises(NotNow):
        operations.start_programme(actor=alice, programme=programme, now=now)
    with pytest.raises(NotNow):
        operations.resume_programme(actor=alice, programme=programme, now=now)
    operations.pause_programme(actor=alice, programme=programme, now=now)
    ended = operations.end_programme(actor=alice, programme=programme, now=now)
    link.refresh_from_db()

    assert (ended.ended_at, link.closed_at) == (now, now)
    for operation in (
        operations.end_programme,
        operations.pause_programme,
        operations.resume_programme,
        operations.start_programme,
    ):
        with pytest.raises(NotNow):
            operation(actor=alice, programme=programme, now=now)


def test_messages_of_paused_and_ended_programmes_wait(
    company: Company, survey: Survey, now: datetime
) -> None:
    programme = create(company, survey, now, AFTER_CONTACT)
    factories.invitation(programme=programme)
    factories.invitation()

    def left() -> int:
        return Invitation.objects.filter(queries.sendable_invitations()).count()

    assert left() == 2
    Programme.objects.update(paused_at=now)
    assert left() == 1
    Programme.objects.update(paused_at=None, ended_at=now)
    assert left() == 1


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (with_(IN_TURN, cycle_days=6), "cycle_days"),
        (with_(IN_TURN, channel="pigeon"), "channel"),
        (with_(IN_TURN, reminders=(40,)), "reminders"),
        (with_(IN_TURN, wanted=CustomerFilter(unit="nowhere")), "unit"),
        (with_(IN_TURN, quotas=(QuotaDraft(QuotaPeriod.DAY, 0),)), "quotas"),
        (with_(IN_TURN, quotas=(QuotaDraft(QuotaPeriod.DAY, 1),) * 2), "quotas"),
        (with_(IN_TURN, exceptions=((After.ANSWER, " "),)), "exception_reason"),
        (with_(AFTER_CONTACT, share=0), "share"),
        (with_(AFTER_CONTACT, delay_minutes=-1), "delay_minutes"),
        (with_(AFTER_CONTACT, expires_hours=1, delay_minutes=60), "expires_hours"),
    ],
)
def test_choices_that_do_not_fit_are_named(
    company: Company, survey: Survey, now: datetime, draft: ProgrammeDraft, wrong: str
) -> None:
    with pytest.raises(Invalid) as error:
        create(company, survey, now, draft)
    assert set(error.value.fields) == {wrong}


def test_a_change_keeps_who_allowed_an_exception_and_reaches_the_cycle(
    company: Company, survey: Survey, now: datetime
) -> None:
    draft = with_(IN_TURN, exceptions=((After.INVITATION, "yearly study"),))
    programme = create(company, survey, now, draft)
    tick(now)
    allowed = ContactException.objects.get()
    assert queries.draft_of(programme) == with_(draft, name=survey.name)

    changed = with_(draft, reminders=(3,), quotas=(QuotaDraft(QuotaPeriod.MONTH, 9),))
    operations.change_programme(
        actor=company.actor("alice"), programme=programme, draft=changed, now=now + DAY
    )

    assert ContactException.objects.get() == allowed
    assert Wave.objects.get().reminders == [3]
    assert programme.quotas.get().most == 9


def test_outsiders_and_readers(company: Company, survey: Survey, now: datetime) -> None:
    draft = with_(IN_TURN, wanted=CustomerFilter(unit=company.north.ref))
    programme = create(company, survey, now, draft)
    for name in ("mark", "oscar"):
        actor = company.actor(name)
        with pytest.raises(NotFound):
            queries.programme_by_ref(actor, programme.ref)
        with pytest.raises(Forbidden):
            operations.end_programme(actor=actor, programme=programme, now=now)
        assert not queries.decisions(actor).exists()
    assert queries.programme_by_ref(company.actor("alice"), programme.ref) == programme


def test_at_most_so_many_a_day_for_one_customer(
    company: Company, survey: Survey, now: datetime
) -> None:
    ContactRule.objects.all().delete()
    ContactLimit.objects.create(most_per_day=2)
    ann = factories.customer()
    factories.invitation(customer=ann, planned_at=now - DAY)
    programme = create(company, survey, now, AFTER_CONTACT)
    for hour in range(4):
        met(now + timedelta(hours=hour), customer=ann)
        tick(now + timedelta(hours=hour + 1))

    assert outcomes(programme) == {"asked": 2, "enough_today": 2}
