"""What is written in bulk reads back as what the ORM would have written."""

from datetime import timedelta, timezone

import pytest

from loopwell.access.enums import UnitKind
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM
from loopwell.kit.bulk import insert_things
from loopwell.people.models import Customer
from tests.conftest import NOW

WARSAW = timezone(timedelta(hours=1))


@pytest.mark.django_db
def test_things_know_their_ids_and_read_back_the_same() -> None:
    unit = create_unit(actor=SYSTEM, name="Acme", parent=None, kind=UnitKind.COMPANY)
    things = [
        Customer(
            external_id=f"X{number}", name="Оля 🙂", unit=unit, updated_at=NOW,
            created_at=NOW.astimezone(WARSAW), properties={"city": "Łódź"} if number else {},
        )
        for number in range(3)
    ]  # fmt: skip

    insert_things(things)

    for thing in things:
        found = Customer.objects.get(pk=thing.pk)
        for name in ("ref", "external_id", "name", "unit_id", "created_at", "properties", "email"):
            assert getattr(found, name) == getattr(thing, name), name
    things[0].name = "Changed"
    things[0].save()
    assert Customer.objects.filter(name="Changed").count() == 1
    assert Customer.objects.count() == 3
