"""Contact rules: kept by somebody, explained in order, simulated before they are saved."""

from datetime import datetime, time, timedelta

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Attempt, Case
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.people.models import Interaction
from loopwell.sampling import operations, queries
from loopwell.sampling.enums import After, ProgrammeKind, QuotaPeriod
from loopwell.sampling.jobs.forgetting import forget_decisions
from loopwell.sampling.models import ContactRule, Decision, Invitation, Run, Wave
from loopwell.sampling.queries import RuleDraft
from loopwell.sampling.rules import (
    EXCLUSIONS,
    Asking,
    CustomerFilter,
    ProgrammeDraft,
    QuotaDraft,
    Rule,
)
from tests import factories
from tests.conftest import Company

DAY = timedelta(days=1)


@pytest.fixture
def rules(company: Company) -> None:
    ContactRule.objects.all().delete()


def add(company: Company, now: datetime, after: After, days: int, **fields: str) -> ContactRule:
    return operations.add_rule(
        actor=company.actor("alice"), after=after, days=days, now=now, **fields
    )


def test_rules_are_added_changed_moved_and_removed(
    company: Company, rules: None, now: datetime
) -> None:
    alice = company.actor("alice")
    first = add(company, now, After.INVITATION, 30)
    second = add(company, now, After.ANSWER, 90, kind="relationship")
    operations.move_rule(actor=alice, rule=second, up=True, now=now)
    operations.move_rule(actor=alice, rule=second, up=True, now=now)
    operations.change_rule(
        actor=alice, rule=first, after=After.INVITATION, days=1, now=now, channel="sms"
    )

    assert [queries.in_words(each) for each in queries.contact_rules(alice)] == [
        "90 days after an answer, before a survey of the kind “Relationship”",
        "1 day after an invitation, by SMS",
    ]
    operations.remove_rule(actor=alice, rule=second, now=now)
    assert list(queries.contact_rules(alice)) == [first]


def test_they_are_the_whole_companys(company: Company, rules: None, now: datetime) -> None:
    with pytest.raises(Forbidden):
        operations.add_rule(actor=company.actor("mark"), after=After.ANSWER, days=1, now=now)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"most_per_day": 0}, "most_per_day"),
        ({"quiet_from": time(20)}, "quiet_to"),
        ({"quiet_from": time(20), "quiet_to": time(20)}, "quiet_to"),
        ({"holidays_of": "Atlantis"}, "holidays_of"),
        ({"holidays_of": "DE-XX"}, "holidays_of"),
        ({"decisions_kept_days": 1}, "decisions_kept_days"),
    ],
)
def test_limits_that_do_not_fit(
    company: Company, now: datetime, fields: dict[str, object], wrong: str
) -> None:
    with pytest.raises(Invalid) as error:
        operations.set_contact_limit(
            actor=company.actor("alice"),
            now=now,
            **fields,  # type: ignore[arg-type]
        )
    assert set(error.value.fields) == {wrong}


def test_limits_are_one_row(company: Company, now: datetime) -> None:
    for most in (1, 2):
        operations.set_contact_limit(
            actor=company.actor("alice"), now=now, most_per_day=most, holidays_of="DE-BY"
        )
    assert queries.contact_limit().most_per_day == 2


def test_the_order_of_checks_is_the_order_of_exclusions(company: Company) -> None:
    order = [check.outcome for check in queries.order_of_checks()]

    assert order == ["expired", "duplicate", *EXCLUSIONS, "quota", "sample", "asked"]
    assert all(check.label and check.explanation for check in queries.order_of_checks())
    assert list(EXCLUSIONS).index("suppressed") < list(EXCLUSIONS).index("asked_lately")


def test_customers_we_called_or_look_after_are_left_alone(company: Company, now: datetime) -> None:
    called, missed, open_one, long_ago = (factories.customer() for _ in range(4))

    def case(customer: object, **fields: object) -> Case:
        response = factories.response(customer=customer, score=2)
        values = {"opened_at": now, "due_at": now, "next_step_at": now, "score": 2, **fields}
        return Case.objects.create(response=response, customer=customer, **values)

    Attempt.objects.create(case=case(called, closed_at=now), outcome="reached", at=now - 13 * DAY)
    Attempt.objects.create(case=case(missed, closed_at=now), outcome="busy", at=now - DAY)
    Attempt.objects.create(case=case(long_ago, closed_at=now), outcome="reached", at=now - 15 * DAY)
    case(open_one)

    found = queries.reach(
        queries.candidates(SYSTEM.scope, CustomerFilter()),
        Asking(now=now, rules=(Rule(After.CALL, 14),)),
    )

    assert {each.reason: each.count for each in found.left_out} == {"called": 1, "follow_up": 1}
    assert found.askable == 2
    assert EXCLUSIONS["follow_up"].stops_reminders


def test_a_simulation_says_who_would_be_asked_and_saves_nothing(
    company: Company, rules: None, now: datetime
) -> None:
    survey = factories.version().survey
    for number in range(10):
        one = factories.customer(unit=company.north)
        factories.invitation(customer=one, planned_at=now - number * 10 * DAY)
    factories.customer(email=None, unit=company.north)
    draft = ProgrammeDraft(
        kind=ProgrammeKind.RELATIONSHIP,
        cycle_days=7,
        quotas=(QuotaDraft(QuotaPeriod.WEEK, 6, "unit"),),
    )

    def simulated(*drafts: RuleDraft, exceptions: tuple[tuple[After, str], ...] = ()) -> object:
        found = queries.simulate(
            actor=company.actor("alice"),
            survey=survey,
            draft=ProgrammeDraft(**{**vars(draft), "exceptions": exceptions}),
            now=now,
            rules=drafts,
        )
        return found.matching, found.asked, {e.reason: e.count for e in found.left_out}

    after = After.INVITATION
    assert simulated() == (11, 6, {"no_email": 1, "quota": 4})
    assert simulated(RuleDraft(after, 55)) == (11, 4, {"no_email": 1, "asked_lately": 6})
    assert simulated(RuleDraft(after, 55, kind="transactional")) == simulated()
    assert simulated(RuleDraft(after, 55), exceptions=((after, "study"),)) == simulated()
    assert (Run.objects.count(), Decision.objects.count()) == (0, 0)


def test_changed_rules_are_tried_on_every_running_programme(
    company: Company, rules: None, now: datetime
) -> None:
    survey = factories.version().survey
    ann = factories.customer()
    Interaction.objects.create(customer=ann, touchpoint="visit", at=now - DAY)
    factories.invitation(customer=ann, planned_at=now - 10 * DAY)
    alice = company.actor("alice")
    made = {}
    for kind in (ProgrammeKind.RELATIONSHIP, ProgrammeKind.TRANSACTIONAL, ProgrammeKind.LINK):
        draft = ProgrammeDraft(kind=kind, name=kind)
        made[kind] = operations.create_programme(actor=alice, survey=survey, draft=draft, now=now)
        operations.start_programme(actor=alice, programme=made[kind], now=now)
    own = made[ProgrammeKind.TRANSACTIONAL]
    factories.invitation(customer=ann, planned_at=now, programme=own)
    Invitation.objects.filter(programme=own).update(planned_at=now - 5 * DAY)

    effects = queries.simulate_rules(actor=alice, rules=[RuleDraft(After.INVITATION, 7)], now=now)

    assert {e.programme.name: (e.before.asked, e.after.asked) for e in effects} == {
        "relationship": (1, 0), "transactional": (1, 1),
    }  # fmt: skip


def test_the_log_is_forgotten_in_time_and_its_counts_stay(company: Company, now: datetime) -> None:
    wave = Wave.objects.create(name="W", version=factories.version(), seed=1)
    for number, at in enumerate((now - 731 * DAY, now - 729 * DAY)):
        run = Run.objects.create(
            wave=wave, day=at.date(), at=at, seed=1, counts={"asked": 1}, finished_at=at
        )
        Decision.objects.create(run=run, customer=factories.customer(), outcome="asked")
        assert number < 2

    assert forget_decisions(now) == 1
    assert (Decision.objects.count(), Run.objects.filter(counts={"asked": 1}).count()) == (1, 2)


def test_the_log_tells_by_customer_and_as_a_table(company: Company, now: datetime) -> None:
    wave = Wave.objects.create(name="Spring", version=factories.version(), seed=1)
    run = Run.objects.create(wave=wave, at=now, seed=1)
    ann = factories.customer(name="Ann", external_id="A1", unit=company.north)
    bob = factories.customer(name="Bob", unit=company.south)
    Decision.objects.create(run=run, customer=ann, outcome="no_email")
    Decision.objects.create(run=run, customer=bob, outcome="asked")
    alice = company.actor("alice")

    (found,) = queries.decisions(alice, customer=ann)

    assert found.outcome == "no_email"
    assert queries.decisions(alice, wave=wave, outcome="asked").get().customer == bob
    rows = list(queries.decision_rows(queries.decisions(alice, customer=ann)))
    assert rows[1] == (
        "2026-03-04 10:00:00", "Spring", "Ann", "A1", "", "no_email",
        "without an address for this channel",
    )  # fmt: skip
    with_two = queries.decisions(alice).count()
    assert with_two == 2
