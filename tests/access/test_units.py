"""The tree: adding, renaming, moving a whole branch in one step, and what is refused."""

from datetime import datetime

import pytest

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Unit
from loopwell.access.operations import add_unit, change_unit, create_user, move_unit
from loopwell.access.operations.units import BadMove
from loopwell.access.queries import actor_for, tree, visible_units
from loopwell.access.rules import SYSTEM
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid
from tests.conftest import Company


@pytest.fixture
def branch(company: Company, now: datetime) -> tuple[Unit, Unit]:
    alice = company.actor("alice")
    upper = add_unit(actor=alice, now=now, name="Upper", parent=company.north, kind=UnitKind.BRANCH)
    lower = add_unit(actor=alice, now=now, name="Lower", parent=upper, kind=UnitKind.TEAM)
    return upper, lower


def test_moving_rewrites_every_path_below(
    company: Company, now: datetime, branch: tuple[Unit, Unit]
) -> None:
    upper, lower = branch

    move_unit(actor=company.actor("alice"), now=now, unit=upper, parent=company.south)

    for unit in branch:
        unit.refresh_from_db()
    assert upper.path == f"{company.south.path}{upper.pk}/"
    assert lower.path == f"{company.south.path}{upper.pk}/{lower.pk}/"
    assert upper.parent == company.south
    assert set(visible_units(company.actor("oscar"))) == {company.south, upper, lower}
    assert set(visible_units(company.actor("mark"))) == {company.north}
    company.north.refresh_from_db()
    assert company.north.path == f"{company.root.path}{company.north.pk}/"


def test_a_unit_cannot_hang_below_itself(
    company: Company, now: datetime, branch: tuple[Unit, Unit]
) -> None:
    alice = company.actor("alice")
    for unit, parent in ((branch[0], branch[1]), (branch[0], branch[0]),
                         (company.root, company.north)):  # fmt: skip
        with pytest.raises(BadMove):
            move_unit(actor=alice, now=now, unit=unit, parent=parent)


def _hang_three_more(parent: Unit, now: datetime) -> None:
    for _step in range(3):
        parent = add_unit(actor=SYSTEM, now=now, name="X", parent=parent, kind=UnitKind.TEAM)


def test_a_tree_has_a_deepest_level(company: Company, now: datetime) -> None:
    parent = company.north
    while len(parent.path) < 250:
        parent = add_unit(actor=SYSTEM, now=now, name="X", parent=parent, kind=UnitKind.TEAM)
    with pytest.raises(BadMove):
        _hang_three_more(parent, now)
    assert max(len(path) for path in Unit.objects.values_list("path", flat=True)) <= 255


def test_only_administrators_change_the_tree(company: Company, now: datetime) -> None:
    for name in ("mark", "fiona", "oscar"):
        with pytest.raises(Forbidden):
            add_unit(actor=company.actor(name), now=now, name="X", parent=company.north,
                     kind=UnitKind.TEAM)  # fmt: skip


def test_an_administrator_below_who_also_reads_above_manages_only_below(
    company: Company, now: datetime
) -> None:
    """Rights and units are each a union; who gives access is asked of the very membership."""
    both = create_user(
        actor=SYSTEM, email="both@x.example", name="B", unit=company.root, roles=[Role.ANALYST]
    )
    both.memberships.create(unit=company.north, role=Role.ADMINISTRATOR)
    actor = actor_for(both)

    add_unit(actor=actor, now=now, name="Fine", parent=company.north, kind=UnitKind.TEAM)
    with pytest.raises(Forbidden):
        add_unit(actor=actor, now=now, name="No", parent=company.south, kind=UnitKind.TEAM)
    with pytest.raises(Forbidden):
        move_unit(actor=actor, now=now, unit=company.north, parent=company.south)


def test_what_is_wrong_is_named(company: Company, now: datetime) -> None:
    with pytest.raises(Invalid) as error:
        change_unit(actor=company.actor("alice"), now=now, unit=company.north, name=" ",
                    kind=UnitKind.BRANCH, external_id="S1", time_zone="Mars/Base")  # fmt: skip
    assert sorted(error.value.fields) == ["external_id", "name", "time_zone"]


def test_a_change_is_written_down(company: Company, now: datetime) -> None:
    change_unit(actor=company.actor("alice"), now=now, unit=company.north, name="Nord",
                kind=UnitKind.BRANCH, external_id="N1")  # fmt: skip

    entry = Entry.objects.get(type="access.changed")
    assert (entry.actor, entry.subject, entry.subject_id) == (
        f"user:{company.alice.ref}", "unit", company.north.pk,
    )  # fmt: skip
    assert entry.payload == {"what": "unit.changed", "name": "Nord", "before": "North"}


def test_the_tree_lists_parents_first_with_people_and_manager(
    company: Company, branch: tuple[Unit, Unit]
) -> None:
    rows = [(row.unit.name, row.depth, row.people, str(row.manager))
            for row in tree(company.actor("alice"))]  # fmt: skip

    assert rows == [
        ("Acme", 0, 1, "Alice"),
        ("North", 1, 2, "Mark"),
        ("Upper", 2, 0, "Mark"),
        ("Lower", 3, 0, "Mark"),
        ("South", 1, 1, "Oscar"),
    ]
    assert [row.depth for row in tree(company.actor("mark"))] == [0, 1, 2]
