"""What is written in bulk reads back as what the ORM would have written."""

from datetime import timedelta, timezone

import pytest

from loopwell.access.enums import UnitKind
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM
from loopwell.kit.among import among
from loopwell.kit.bulk import MANY, insert_columns, insert_things
from loopwell.kit.ids import LENGTH
from loopwell.people.models import Customer
from tests import factories
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


@pytest.mark.django_db
def test_thousands_of_rows_have_references_of_their_own() -> None:
    names = [f"N{number}" for number in range(MANY + 200)]
    columns = {"external_id": names, "created_at": [NOW] * len(names),
               "updated_at": [NOW] * len(names)}  # fmt: skip
    ids = insert_columns(Customer, columns)

    found = Customer.objects.in_bulk(ids)
    assert [found[each].external_id for each in ids] == names
    assert len({each.ref for each in found.values()}) == len(names)
    assert {len(each.ref) for each in found.values()} == {LENGTH}
    assert {str(each.properties) for each in found.values()} == {"{}"}


@pytest.mark.django_db
def test_among_finds_what_in_finds() -> None:
    company = create_unit(actor=SYSTEM, name="Acme", parent=None, kind=UnitKind.COMPANY)
    odd = ["plain", "quo'te\"s", "Łódź 🙂", "{a,b}", "NULL", "\\"]
    for name in odd:
        factories.customer(external_id=name, unit=company)
    everyone = Customer.objects.order_by("pk")

    for wanted in ([], odd[:1], odd, [*odd, "not there"]):
        same = everyone.filter(external_id__in=wanted)
        assert list(everyone.filter(among("external_id", wanted))) == list(same)
    ids = [each.pk for each in everyone][1:3]
    assert [each.pk for each in everyone.filter(among("pk", ids))] == ids
    assert everyone.filter(among("unit__parent", [company.pk])).count() == 0
    assert everyone.exclude(among("unit", [company.pk])).count() == 0
