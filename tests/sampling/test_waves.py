"""Sendings: who matches, who must not be asked, and who is chosen."""

from datetime import datetime, timedelta

import pytest

from loopwell.access.rules import Scope
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.people.models import Customer
from loopwell.sampling import operations, queries
from loopwell.sampling.enums import After
from loopwell.sampling.models import Invitation, Wave
from loopwell.sampling.rules import Asking, CustomerFilter, Rule
from loopwell.surveys.models import Survey
from tests import factories
from tests.conftest import Company

EVERYTHING = Scope(everything=True)


@pytest.fixture
def survey(company: Company) -> Survey:
    return factories.version().survey


def plan(company: Company, survey: Survey, now: datetime, **fields: object) -> Wave:
    values = {"wanted": CustomerFilter(), "name": "Spring", "seed": 7, **fields}
    return operations.plan_wave(
        actor=company.actor("alice"),
        survey=survey,
        now=now,
        **values,  # type: ignore[arg-type]
    )


def launch(company: Company, wave: Wave, now: datetime) -> None:
    operations.launch_wave(actor=company.actor("alice"), wave=wave, now=now)
    run_all(now)


def asked(wave: Wave) -> list[int]:
    return sorted(wave.invitations.values_list("customer_id", flat=True))


def test_a_filter_survives_being_stored() -> None:
    wanted = CustomerFilter(unit="u", kind="contacts", properties=(("tariff", "L"),))

    assert CustomerFilter.from_json(wanted.to_json()) == wanted
    assert CustomerFilter().to_json() == {}
    with pytest.raises(TypeError):
        CustomerFilter.from_json({"colour": "red"})


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (CustomerFilter(), {"Ann", "Bob", "Cid"}),
        (CustomerFilter(language="ru"), {"Bob"}),
        (CustomerFilter(kind="consumers"), {"Ann", "Bob"}),
        (CustomerFilter(kind="contacts"), {"Cid"}),
        (CustomerFilter(role="decides"), {"Cid"}),
        (CustomerFilter(properties=(("tariff", "L"),)), {"Ann", "Cid"}),
        (CustomerFilter(properties=(("tariff", "L"), ("city", "Kyiv"))), {"Cid"}),
        (CustomerFilter(properties=(("city__x", "Kyiv"),)), set()),
        (CustomerFilter(search="globex"), {"Cid"}),
        (CustomerFilter(search="ann@"), {"Ann"}),
        (CustomerFilter(unit="no such unit"), set()),
    ],
)
def test_filters(company: Company, wanted: CustomerFilter, names: set[str]) -> None:
    factories.customer(name="Ann", email="ann@x.example", properties={"tariff": "L"})
    factories.customer(name="Bob", language="ru-RU", properties={"tariff": "M"})
    factories.customer(
        name="Cid",
        account=factories.account(name="Globex"),
        decision_role="decides",
        properties={"tariff": "L", "city": "Kyiv"},
    )

    assert {c.name for c in queries.candidates(EVERYTHING, wanted)} == names


def test_a_unit_covers_what_is_below_it(company: Company) -> None:
    inside = factories.customer(unit=company.north)
    factories.customer(unit=company.south)

    north = CustomerFilter(unit=company.north.ref)
    root = CustomerFilter(unit=company.root.ref)

    assert list(queries.candidates(EVERYTHING, north)) == [inside]
    assert queries.candidates(EVERYTHING, root).count() == 2
    assert not queries.candidates(company.actor("oscar").scope, north).exists()


def test_everybody_left_out_is_counted_once_with_the_reason(
    company: Company, survey: Survey, now: datetime
) -> None:
    factories.customer(name="fine")
    factories.customer(email=None, language="pl")
    factories.customer(email=None)
    factories.customer(language="pl")
    recent = factories.customer()
    factories.invitation(customer=recent, planned_at=now - timedelta(days=29))
    longer = factories.customer()
    factories.invitation(customer=longer, planned_at=now - timedelta(days=31))
    tested = factories.customer()
    factories.invitation(customer=tested, planned_at=now, is_test=True)

    found = queries.reach(
        queries.candidates(EVERYTHING, CustomerFilter()),
        Asking(now=now, languages=("en",), rules=(Rule(After.INVITATION, 30),)),
    )

    assert (found.matching, found.askable) == (7, 3)
    assert {each.reason: each.count for each in found.left_out} == {
        "no_email": 2, "asked_lately": 1, "language": 1,
    }  # fmt: skip


def test_counting_takes_one_query(
    company: Company, now: datetime, django_assert_num_queries: object
) -> None:
    for _ in range(5):
        factories.customer()
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.reach(queries.candidates(EVERYTHING, CustomerFilter()), Asking(now=now))


def test_a_launch_invites_the_sample_and_keeps_what_was_true(
    company: Company, survey: Survey, now: datetime
) -> None:
    client = factories.account()
    for _ in range(20):
        factories.customer(unit=company.north, account=client, properties={"tariff": "L"})
    factories.customer(email=None)

    wave = plan(company, survey, now, sample_size=8, open_for_days=10)
    launch(company, wave, now)
    Customer.objects.update(properties={"tariff": "XL"})

    wave.refresh_from_db()
    one = wave.invitations.first()
    assert one is not None
    assert (wave.chosen, wave.excluded) == (8, {"no_email": 1})
    assert (one.unit, one.account, one.properties, one.language) == (
        company.north, client, {"tariff": "L"}, "en",
    )  # fmt: skip
    assert one.expires_at == now + timedelta(days=10)
    planned = Entry.objects.filter(type="invitation.planned")
    assert sorted(planned.values_list("subject_id", flat=True)) == sorted(
        wave.invitations.values_list("pk", flat=True)
    )
    assert Entry.objects.filter(type="wave.launched", subject_id=wave.pk).count() == 1


def test_a_launch_that_died_half_way_ends_with_the_same_people(
    company: Company, survey: Survey, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        factories.customer()
    wave = plan(company, survey, now, sample_size=12)
    monkeypatch.setattr("loopwell.sampling.jobs.inviting.CHUNK", 5)
    real = Invitation.objects.bulk_create
    calls = []

    def dies_at_the_second(*args: object, **kwargs: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Invitation.objects, "bulk_create", dies_at_the_second)
    launch(company, wave, now)
    assert len(asked(wave)) == 5

    Job.objects.update(run_at=now, leased_until=None)
    run_all(now)

    chosen = wave.runs.get().decisions.filter(outcome="asked")
    assert asked(wave) == sorted(chosen.values_list("customer_id", flat=True))
    assert Entry.objects.filter(type="invitation.planned").count() == 12


def test_launching_twice_is_a_conflict(company: Company, survey: Survey, now: datetime) -> None:
    wave = plan(company, survey, now)
    launch(company, wave, now)

    with pytest.raises(operations.AlreadyLaunched):
        launch(company, wave, now)
    with pytest.raises(operations.AlreadyLaunched):
        operations.discard_wave(actor=company.actor("alice"), wave=wave)


def test_nobody_is_asked_again_within_the_quarantine(
    company: Company, survey: Survey, now: datetime
) -> None:
    factories.customer()
    launch(company, plan(company, survey, now), now)

    soon, later = now + timedelta(days=29), now + timedelta(days=31)
    second, third = plan(company, survey, soon), plan(company, survey, later)
    launch(company, second, soon)
    launch(company, third, later)

    assert (len(asked(second)), len(asked(third))) == (0, 1)


def test_other_languages_read_the_default_when_wanted(
    company: Company, survey: Survey, now: datetime
) -> None:
    factories.customer(language="pl")
    left, right = plan(company, survey, now), plan(company, survey, now, other_languages=True)
    launch(company, left, now)
    launch(company, right, now)

    assert asked(left) == []
    assert [each.language for each in right.invitations.all()] == ["en"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"sample_size": 0}, "sample_size"),
        ({"open_for_days": 0, "reminders": []}, "open_for_days"),
        ({"open_for_days": 7, "reminders": [7]}, "reminders"),
        ({"wanted": CustomerFilter(unit="nowhere")}, "unit"),
    ],
)
def test_numbers_that_do_not_fit_are_named(
    company: Company, survey: Survey, now: datetime, fields: dict[str, object], wrong: str
) -> None:
    with pytest.raises(Invalid) as error:
        plan(company, survey, now, **fields)
    assert set(error.value.fields) == {wrong}


def test_only_published_surveys_can_be_sent(company: Company, now: datetime) -> None:
    draft = factories.version(published_at=None).survey
    with pytest.raises(operations.NothingToSend):
        plan(company, draft, now)


def test_readers_cannot_send_and_outsiders_see_nothing(
    company: Company, survey: Survey, now: datetime
) -> None:
    wave = plan(company, survey, now, wanted=CustomerFilter(unit=company.north.ref))
    for name in ("mark", "oscar"):
        actor = company.actor(name)
        with pytest.raises(Forbidden):
            operations.launch_wave(actor=actor, wave=wave, now=now)
        with pytest.raises(NotFound):
            queries.wave_by_ref(actor, wave.ref)
    assert queries.wave_by_ref(company.actor("alice"), wave.ref) == wave


def test_progress_counts_answers_among_what_arrived(
    company: Company, survey: Survey, now: datetime
) -> None:
    wave = plan(company, survey, now)
    for fields in ({}, {"answered_at": now}, {"bounced_at": now}, {"sent_at": None}):
        factories.invitation(wave=wave, version=wave.version, **fields)

    found = queries.progress_of([wave])[wave.pk]

    assert (found.planned, found.sent, found.bounced, found.answered) == (4, 3, 1, 1)
    assert found.rate is not None
    assert (found.rate.value, found.rate.n) == (50.0, 2)


def test_a_sample_in_proportion_says_what_is_short(
    company: Company, survey: Survey, now: datetime
) -> None:
    for segment, number in (("S", 6), ("L", 2)):
        for _ in range(number):
            factories.customer(properties={"segment": segment})
    for _ in range(2):
        factories.customer(properties={"segment": "L"}, email=None)
    wave = plan(company, survey, now, sample_size=6, strata="segment")
    assert queries.short_of(wave) == []

    launch(company, wave, now)

    names = wave.invitations.values_list("properties__segment", flat=True)
    assert sorted(names) == ["L", "L", "S", "S", "S", "S"]
    assert queries.short_of(wave) == []
    more = plan(company, survey, now, sample_size=10, strata="segment",
                exceptions={After.INVITATION: "again"})  # fmt: skip
    launch(company, more, now)
    assert queries.short_of(more) == [("L", 2)]
