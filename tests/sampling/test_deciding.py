"""Deciding: who is asked, why not, and the same again after a crash."""

import hashlib
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from loopwell.people.models import Customer
from loopwell.sampling import deciding
from loopwell.sampling.deciding import decide, finish
from loopwell.sampling.jobs.inviting import decide_wave, invite_chosen
from loopwell.sampling.models import Decision, Invitation, Run, Wave
from loopwell.sampling.queries.drawing import Wish, sample_wish
from loopwell.sampling.queries.pools import pool_of_wave
from tests import factories
from tests.conftest import Company

SEED = 7


@pytest.fixture
def wave(company: Company, now: datetime) -> Wave:
    version = factories.version()
    return Wave.objects.create(name="Spring", version=version, seed=SEED, launched_at=now)


def people(number: int, **fields: object) -> list[Customer]:
    return [factories.customer(**fields) for _ in range(number)]


def decided(wave: Wave, now: datetime, wishes: list[Wish]) -> Run:
    run = Run.objects.create(wave=wave, at=now, seed=SEED)
    groups = [wish.by for wish in wishes]
    return decide(run, pool_of_wave(wave, now), lambda _pool: wishes, groups=groups)


def outcomes(run: Run) -> Counter[str]:
    return Counter(run.decisions.values_list("outcome", flat=True))


def asked(run: Run) -> set[int]:
    return set(run.decisions.filter(outcome="asked").values_list("customer_id", flat=True))


def lot(customer: Customer) -> str:
    return hashlib.md5(f"{SEED}:{customer.ref}".encode()).hexdigest()  # noqa: S324 a lot, no secret


def test_every_candidate_has_one_decision_and_the_lowest_lots_are_asked(
    wave: Wave, now: datetime
) -> None:
    everybody = people(20)
    people(2, email=None)

    run = decided(wave, now, sample_wish(5, ""))

    assert outcomes(run) == {"asked": 5, "sample": 15, "no_email": 2}
    assert run.counts == dict(outcomes(run))
    assert asked(run) == {each.pk for each in sorted(everybody, key=lot)[:5]}


def test_the_first_exclusion_in_order_is_written_down(wave: Wave, now: datetime) -> None:
    one = factories.customer(email=None, language="pl")
    factories.invitation(customer=one, planned_at=now - timedelta(days=1))
    two = factories.customer(language="pl")
    factories.invitation(customer=two, planned_at=now - timedelta(days=1))
    three = factories.customer()
    factories.invitation(
        customer=three, planned_at=now - timedelta(days=1), declined_at=now - timedelta(days=1)
    )

    run = decided(wave, now, [])

    assert dict(run.decisions.values_list("customer_id", "outcome")) == {
        one.pk: "no_email", two.pk: "language", three.pk: "declined",
    }  # fmt: skip


@pytest.mark.parametrize("at_once", [50_000, 3, 1])
def test_pieces_make_no_difference(
    wave: Wave, now: datetime, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    everybody = people(10)
    monkeypatch.setattr(deciding, "AT_ONCE", at_once)

    run = decided(wave, now, sample_wish(4, ""))

    assert asked(run) == {each.pk for each in sorted(everybody, key=lot)[:4]}
    assert outcomes(run) == {"asked": 4, "sample": 6}


def test_quotas_in_all_and_for_each_unit_hold_at_their_boundaries(
    company: Company, wave: Wave, now: datetime
) -> None:
    people(5, unit=company.north)
    people(3, unit=company.south)
    people(2)
    none_left = {str(company.south.pk): 0}

    exact = decided(wave, now, [Wish("quota", by="unit", most=3)])
    assert outcomes(exact) == {"asked": 8, "quota": 2}
    Run.objects.all().delete()
    used_up = decided(wave, now, [Wish("quota", by="unit", most=3, limits=none_left)])
    assert outcomes(used_up) == {"asked": 5, "quota": 5}
    Run.objects.all().delete()
    both = [Wish("quota", by="unit", most=3), Wish("quota", limits={"": 4}, most=9)]
    assert outcomes(decided(wave, now, both)) == {"asked": 4, "quota": 6}


def test_a_sample_follows_the_strata_and_says_what_is_short(wave: Wave, now: datetime) -> None:
    people(12, properties={"segment": "S"})
    people(6, properties={"segment": "M"})
    people(2, properties={"segment": 'L"; --'})
    people(4, properties={"segment": "M"}, email=None)

    run = decided(wave, now, sample_wish(18, "segment"))

    names = run.decisions.filter(outcome="asked").values_list(
        "customer__properties__segment", flat=True
    )
    assert Counter(names) == {"S": 10, "M": 6, 'L"; --': 2}
    assert run.short == {"M": 1}


def test_a_run_that_died_goes_on_with_the_same_people(
    wave: Wave, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = people(20)
    expected = {each.pk for each in sorted(everybody, key=lot)[:8]}
    monkeypatch.setattr(deciding, "AT_ONCE", 6)

    def dies(done: int, total: int) -> None:
        if done == 2:
            raise RuntimeError("power cut")

    run = Run.objects.create(wave=wave, at=now, seed=SEED)
    wishes = sample_wish(8, "")
    with pytest.raises(RuntimeError):
        decide(run, pool_of_wave(wave, now), lambda _pool: wishes, groups=[""], tell=dies)
    assert run.decisions.count() == 12
    run = Run.objects.get()
    people(5)  # newcomers meanwhile: decided upon, and the cuts stay

    decide(run, pool_of_wave(wave, now), lambda _pool: [Wish("quota", most=0)], groups=[""])

    assert asked(run) & {each.pk for each in everybody} == expected
    assert run.decisions.count() == 25
    assert run.decisions.values("customer").distinct().count() == 25


def test_two_workers_on_one_run_write_each_decision_once(wave: Wave, now: datetime) -> None:
    people(6)
    run = decided(wave, now, sample_wish(2, ""))
    before = asked(run)

    again = Run.objects.get(pk=run.pk)
    deciding._decided_up_to, real = (lambda _run: 0), deciding._decided_up_to
    try:
        decide(again, pool_of_wave(wave, now), lambda _pool: [], groups=[""])
    finally:
        deciding._decided_up_to = real

    assert (run.decisions.count(), asked(run)) == (6, before)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(run=run, customer_id=before.pop(), outcome="asked")


def test_a_finished_run_is_not_decided_again(wave: Wave, now: datetime) -> None:
    people(2)
    run = decided(wave, now, [])
    finish(run, now)
    people(2)

    decide(run, pool_of_wave(wave, now), lambda _pool: [], groups=[])

    assert run.decisions.count() == 2


def test_a_sending_has_one_run_and_everybody_one_invitation(wave: Wave, now: datetime) -> None:
    people(5)
    wave.sample_size = 3
    run = decide_wave(wave, now)

    first = invite_chosen(run, wave.version, now, wave=wave)
    second = invite_chosen(decide_wave(wave, now), wave.version, now, wave=wave)

    assert (first, second, Run.objects.count()) == (3, 0, 1)
    assert set(Invitation.objects.values_list("customer_id", flat=True)) == asked(run)


def test_nobody_to_decide_upon(company: Company, wave: Wave, now: datetime) -> None:
    wave.filter = {"unit": "nowhere"}

    run = decided(wave, now, sample_wish(5, "segment"))

    assert (run.counts, run.short, run.decisions.count()) == ({}, {}, 0)
