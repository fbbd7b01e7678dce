"""Weights of a sending: its answers mirror its customers."""

from datetime import datetime

import pytest

from loopwell.kit.errors import Forbidden, Invalid
from loopwell.people.models import Customer
from loopwell.sampling import operations, queries
from loopwell.sampling.models import Invitation, Wave
from tests import factories
from tests.conftest import Company


@pytest.fixture
def wave(company: Company, now: datetime) -> Wave:
    """80 of segment S and 20 of L; of S 8 answered, of L 8 too."""
    version = factories.version()
    made = Wave.objects.create(name="Spring", version=version, seed=1, launched_at=now)
    for segment, number, answered in (("S", 80, 8), ("L", 20, 8)):
        for each in range(number):
            who = factories.customer(properties={"segment": segment})
            if each < answered + 2:
                factories.invitation(
                    wave=made,
                    version=version,
                    customer=who,
                    properties={"segment": segment},
                    answered_at=now if each < answered else None,
                )
    return made


def weights(wave: Wave) -> dict[str, set[float | None]]:
    found: dict[str, set[float | None]] = {}
    for each in Invitation.objects.filter(wave=wave, answered_at__isnull=False):
        found.setdefault(each.properties["segment"], set()).add(each.weight)
    return found


def test_answers_are_weighted_to_the_base(company: Company, wave: Wave, now: datetime) -> None:
    made = operations.weight_wave(
        actor=company.actor("alice"), wave=wave, properties=["segment"], now=now
    )

    assert weights(wave) == {"S": {1.6}, "L": {0.4}}
    assert Invitation.objects.filter(wave=wave, answered_at=None, weight=None).count() == 4
    assert made.targets == {"segment": {"S": 0.8, "L": 0.2}}
    report = made.report
    assert (report["answers"], report["smallest"], report["largest"]) == (16, 0.4, 1.6)
    assert (report["effect"], report["effective"], report["trimmed"]) == (1.36, 11.8, 0)
    assert report["heaviest"][0] == {"values": {"segment": "S"}, "weight": 1.6, "answers": 8}
    assert queries.weighting_of(wave) == made


def test_made_anew_it_takes_later_answers_and_changed_caps(
    company: Company, wave: Wave, now: datetime
) -> None:
    alice = company.actor("alice")
    operations.weight_wave(actor=alice, wave=wave, properties=["segment"], now=now)
    Invitation.objects.filter(wave=wave).update(answered_at=now)
    Customer.objects.create(email="new@mail.example", properties={"segment": "XL"})

    made = operations.weight_wave(actor=alice, wave=wave, properties=["segment"], now=now, cap=1.5)

    assert made.pk == wave.weighting.pk
    assert made.report["answers"] == 20
    assert made.report["empty"] == [["segment", "XL"]]
    assert (made.report["largest"], made.report["trimmed"]) == (1.5, 10)


@pytest.mark.parametrize(("properties", "cap"), [([], 5), (["segment"], 1), (["segment"], 0)])
def test_choices_that_do_not_fit(
    company: Company, wave: Wave, now: datetime, properties: list[str], cap: float
) -> None:
    with pytest.raises(Invalid):
        operations.weight_wave(
            actor=company.actor("alice"), wave=wave, properties=properties, now=now, cap=cap
        )


def test_without_answers_there_is_nothing_to_weight(
    company: Company, wave: Wave, now: datetime
) -> None:
    Invitation.objects.update(answered_at=None)
    with pytest.raises(Invalid):
        operations.weight_wave(
            actor=company.actor("alice"), wave=wave, properties=["segment"], now=now
        )
    with pytest.raises(Forbidden):
        operations.weight_wave(
            actor=company.actor("mark"), wave=wave, properties=["segment"], now=now
        )
