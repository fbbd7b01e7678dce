"""How are customers, accounts and interactions taken from the rows of a file?"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from loopwell.access.rules import Actor
from loopwell.kit.tables import Row, Table
from loopwell.kit.tables.dates import DateFormat
from loopwell.people.importing.runner import (
    CannotImport,
    Importer,
    Item,
    Make,
    one_by_one,
)
from loopwell.people.importing.source import date_formats
from loopwell.people.models import Upload
from loopwell.people.operations.plan_accounts import plan_accounts
from loopwell.people.operations.plan_customers import plan_customers
from loopwell.people.operations.plan_interactions import plan_interactions
from loopwell.people.operations.planning import State
from loopwell.people.operations.write_interactions import write_interactions
from loopwell.people.operations.writing import (
    declare_properties,
    write_accounts,
    write_customers,
)
from loopwell.people.queries.held import unknown_customers
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.contact import normal_time_zone, region_of
from loopwell.people.rules.fields import PROPERTY, lacking_of_interactions
from loopwell.people.rules.happening import InteractionReading, read_interaction
from loopwell.people.rules.reading import Cells, Reading, cells_of, read_account, read_customer


def region_for(upload: Upload) -> str:
    """The country of phone numbers without a code: chosen, else that of the company's zone."""
    return str(upload.options.get("region") or region_of(settings.TIME_ZONE))


def property_labels(upload: Upload) -> dict[str, str]:
    """Property names of the mapping with their columns' headers as labels."""
    return {
        name.removeprefix(PROPERTY): column
        for name, column in upload.mapping.items()
        if name.startswith(PROPERTY)
    }


class CustomerImporter:
    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        self.actor = actor
        self.directory = Directory(actor)
        self.labels = property_labels(upload)
        dates = date_formats(upload, table, ["account_renewal"], whole=whole)
        self.reading = Reading(dates, region_for(upload))
        self._cells = cells_of(table.columns, upload.mapping)
        without = {n: c for n, c in upload.mapping.items() if n != "phone"}
        self._glance = cells_of(table.columns, without)
        self._new_accounts: set[str] = set()
        self._declared = False

    @one_by_one
    def glance(self, row: Row) -> Item:
        """Without phone numbers, which take longest to understand and are never refused."""
        return self._item(row, self._glance(row.values))

    @one_by_one
    def read(self, row: Row) -> Item:
        return self._item(row, self._cells(row.values))

    def _item(self, row: Row, cells: Cells) -> Item:
        draft = read_customer(cells, self.reading)
        keys = [f"id:{draft.external_id}"] if draft.external_id else []
        if draft.email:
            keys.append(f"email:{draft.email}")
        return Item(row, draft, tuple(keys), cells.problems)

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        plans, accounts = plan_customers([i.draft for i in items], self.directory, lock=write)
        self._new_accounts |= {p.draft.key for p in accounts if p.state is State.NEW}
        if write:
            if not self._declared:
                declare_properties(self.labels, self.labels, now)
                self._declared = True
            write_accounts(accounts, actor=self.actor, now=now, imported=True)
            write_customers(plans, actor=self.actor, now=now, imported=True)
        for item, plan in zip(items, plans, strict=True):
            item.problems += plan.problems
        return [plan.state for plan in plans]

    def extra(self) -> dict[str, int]:
        return {"accounts": len(self._new_accounts)} if self._new_accounts else {}


class AccountImporter:
    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        self.actor = actor
        self.directory = Directory(actor)
        self.labels = property_labels(upload)
        self.reading = Reading(date_formats(upload, table, ["renewal_on"], whole=whole))
        self._cells = cells_of(table.columns, upload.mapping)

    @one_by_one
    def read(self, row: Row) -> Item:
        cells = self._cells(row.values)
        draft = read_account(cells, self.reading)
        return Item(row, draft, (draft.key,), cells.problems)

    glance = read

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        plans = plan_accounts([item.draft for item in items], self.directory)
        if write:
            declare_properties(self.labels, self.labels, now)
            write_accounts(plans, actor=self.actor, now=now, imported=True)
        for item, plan in zip(items, plans, strict=True):
            item.problems += plan.problems
        return [plan.state for plan in plans]

    def extra(self) -> dict[str, int]:
        return {}


class InteractionImporter:
    """By the company's rule for unknown customers; the same row brought again changes nothing."""

    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        if whole and (missing := lacking_of_interactions(upload.mapping)):
            raise CannotImport(missing)
        self.actor = actor
        self.directory = Directory(actor)
        self.labels = property_labels(upload)
        self.unknown = unknown_customers()
        self.origin = upload.filename
        self.reading = InteractionReading(
            zone=ZoneInfo(zone_for(upload)),
            now=timezone.now(),
            dates=date_formats(upload, table, ["at"], whole=whole).get("at", DateFormat(None)),
            region=region_for(upload),
        )
        self._cells = cells_of(table.columns, upload.mapping)
        self._made: set[str] = set()
        self._declared = False

    @one_by_one
    def read(self, row: Row) -> Item:
        cells = self._cells(row.values)
        draft = read_interaction(cells, self.reading)
        return Item(row, draft, (draft.key,), cells.problems)

    glance = read

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        plans = plan_interactions(
            [item.draft for item in items],
            self.directory,
            self.unknown,
            now=self.reading.now,
            origin=self.origin,
            lock=write,
        )
        self._made |= {p.draft.external_id or p.draft.email or ""
                       for p in plans.customers if p.state is State.NEW}  # fmt: skip
        if write:
            if not self._declared:
                declare_properties(self.labels, self.labels, now)
                self._declared = True
            write_interactions(plans, actor=self.actor, now=now, imported=True)
        for item, plan in zip(items, plans.interactions, strict=True):
            item.problems += plan.problems
        return [plan.state for plan in plans.interactions]

    def extra(self) -> dict[str, int]:
        return {"customers": len(self._made)} if self._made else {}


def zone_for(upload: Upload) -> str:
    """The clock by which the file's times are written: chosen, else the company's."""
    told = str(upload.options.get("time_zone") or "")
    return normal_time_zone(told) or settings.TIME_ZONE


def customers_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return CustomerImporter(upload, table, actor)

    return make


def accounts_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return AccountImporter(upload, table, actor)

    return make


def interactions_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return InteractionImporter(upload, table, actor)

    return make
