"""How is one known account changed, every field as a form shows it?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.people.models import Account
from loopwell.people.operations.planning import assign
from loopwell.people.queries.lists import account_by_ref
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.problems import CannotSave, IdentityConflict, Problem


@dataclass(frozen=True)
class AccountChange:
    """All of an account: empty clears. `unit` is a ref, `owner` an e-mail or external id."""

    name: str
    external_id: str = ""
    unit: str = ""
    owner: str = ""
    revenue: Decimal | None = None
    currency: str = ""
    renewal_on: date | None = None


@transaction.atomic
def change_account(*, actor: Actor, now: datetime, ref: str, change: AccountChange) -> Account:
    """Raises CannotSave with messages by field, IdentityConflict for another's external id."""
    require(actor, Right.WRITE_CUSTOMERS)
    account = account_by_ref(actor, ref)
    problems: list[Problem] = []
    unit = _unit(actor, change, problems)
    owner = _owner(actor, change, problems)
    if not change.name:
        problems.append(Problem(_("Give the account a name."), "name"))
    _keep_within_scope(actor, unit, owner, problems)
    if problems:
        raise CannotSave(problems)
    others = Account.objects.exclude(pk=account.pk)
    if change.external_id and others.filter(external_id=change.external_id).exists():
        raise IdentityConflict(_("Another account has this external id."))
    values: dict[str, object] = {
        "name": change.name,
        "external_id": change.external_id or None,
        "unit_id": unit.pk if unit else None,
        "owner_id": owner.pk if owner else None,
        "revenue": change.revenue,
        "currency": change.currency.upper(),
        "renewal_on": change.renewal_on,
    }
    if assign(account, values):
        account.updated_at = now
        account.save()
        event = Event("account.changed", "account", account.pk, {"created": False})
        append(actor=actor, now=now, events=[event])
    return account


def _unit(actor: Actor, change: AccountChange, problems: list[Problem]) -> Unit | None:
    if not change.unit:
        return None
    found = visible_units(actor).filter(ref=change.unit).first()
    if found is None:
        problems.append(Problem(_("There is no such unit."), "unit"))
    return found


def _owner(actor: Actor, change: AccountChange, problems: list[Problem]) -> User | None:
    if not change.owner:
        return None
    found = Directory(actor).person(change.owner)
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found


def _keep_within_scope(
    actor: Actor, unit: Unit | None, owner: User | None, problems: list[Problem]
) -> None:
    """Nobody may change an account out of their own sight."""
    mine = owner is not None and owner.pk == actor.within(Right.WRITE_CUSTOMERS).owner_id
    if (
        not actor.within(Right.WRITE_CUSTOMERS).everything
        and unit is None
        and not mine
        and not problems
    ):
        reason = _("name the unit: you manage only a part of the company")
        problems.append(Problem(reason, "unit"))
