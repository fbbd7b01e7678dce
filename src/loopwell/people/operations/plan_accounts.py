"""What would saving these account drafts do?"""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.people.models import Account
from loopwell.people.operations.planning import Plan, State, assign, merged
from loopwell.people.queries.lookups import Directory, accounts_named
from loopwell.people.rules.drafts import AccountDraft
from loopwell.people.rules.problems import Problem

AccountPlan = Plan[AccountDraft, Account]


def plan_accounts(
    drafts: Sequence[AccountDraft], directory: Directory, field: str = "name"
) -> list[AccountPlan]:
    """One plan for each draft, in order; of two for the same account the later one wins."""
    wanted = [d.external_id or d.reference or "" for d in drafts]
    names = [d.name or d.reference or "" for d in drafts]
    known = accounts_named(filter(None, wanted), filter(None, names))
    by_id = {a.external_id: a for a in known if a.external_id}
    by_name: dict[str, list[Account]] = defaultdict(list)
    for account in known:
        by_name[account.name].append(account)
    plans = []
    for draft in drafts:
        plan = AccountPlan(draft)
        plans.append(plan)
        existing = _existing(plan, by_id, by_name, field)
        if not plan.is_refused:
            _fill(plan, existing, directory, field)
        if plan.thing is not None and plan.thing.pk is None and not plan.is_refused:
            by_name[plan.thing.name].append(plan.thing)
            if plan.thing.external_id:
                by_id[plan.thing.external_id] = plan.thing
    return plans


def _existing(
    plan: AccountPlan, by_id: dict[str, Account], by_name: dict[str, list[Account]], field: str
) -> Account | None:
    draft = plan.draft
    found = by_id.get(draft.external_id or draft.reference or "")
    if found is not None:
        return found
    same = by_name.get(draft.name or draft.reference or "", [])
    if draft.external_id:
        same = [account for account in same if account.external_id is None]
    if len(same) > 1:
        reason = _("several accounts have this name: use the external id")
        plan.refuse(Problem(reason, field, draft.name or draft.reference or ""))
    return same[0] if len(same) == 1 else None


def _fill(plan: AccountPlan, existing: Account | None, directory: Directory, field: str) -> None:
    draft, actor = plan.draft, directory.actor
    values: dict[str, object] = {}
    for name in ("external_id", "name", "revenue", "currency", "renewal_on"):
        value = getattr(draft, name)
        if value is not None:
            values[name] = value
    if draft.reference and existing is None:
        values["name"] = draft.reference
    for name, found in (
        ("unit", directory.unit(draft.unit) if draft.unit else None),
        ("owner", directory.person(draft.owner, "owner") if draft.owner else None),
    ):
        if isinstance(found, Problem):
            plan.refuse(found)
        elif isinstance(found, (Unit, User)):
            values[f"{name}_id"] = found.pk
    if existing is None and not values.get("name"):
        values["name"] = draft.external_id
    if existing is not None and not _covers(directory, existing):
        plan.refuse(Problem(_("belongs to a part of the company you do not manage"), field))
    if (
        existing is None
        and not actor.within(Right.WRITE_CUSTOMERS).everything
        and "unit_id" not in values
    ):
        plan.refuse(Problem(_("name the unit: you manage only a part of the company"), "unit"))
    if plan.is_refused:
        return
    account = existing or Account()
    if draft.properties:
        values["properties"] = merged(account.properties, dict(draft.properties))
    changed = assign(account, values)
    plan.thing = account
    plan.state = State.NEW if account.pk is None else State.CHANGED if changed else State.SAME


def _covers(directory: Directory, account: Account) -> bool:
    scope = directory.actor.within(Right.WRITE_CUSTOMERS)
    own = scope.owner_id is not None and account.owner_id == scope.owner_id
    return own or scope.covers(account.unit.path if account.unit else None)
