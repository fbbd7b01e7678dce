"""May this actor change that unit or person, and who must always remain?"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, Unit, User
from loopwell.access.queries import manages
from loopwell.access.rules import ROLE_RIGHTS, Actor, require
from loopwell.kit.errors import Conflict, Forbidden


class LastAdministrator(Conflict):
    """Nobody would be left who can give access."""


def must_manage_unit(actor: Actor, unit: Unit | None) -> None:
    """Only where the actor is an administrator: being seen is not being managed."""
    require(actor, Right.MANAGE_ACCESS)
    if unit is None or not manages(actor, unit.path):
        raise Forbidden(_("This unit is not yours to manage."))


def must_manage_person(actor: Actor, person: User) -> None:
    """Who has a role elsewhere too is managed from there: an address can open every door."""
    require(actor, Right.MANAGE_ACCESS)
    paths = [m.unit.path for m in person.memberships.select_related("unit")]
    if person.unit is not None:
        paths.append(person.unit.path)
    if not all(manages(actor, path) for path in paths) or (not paths and not manages(actor, "/")):
        raise Forbidden(
            _("%(name)s also works in a unit that is not yours to manage.") % {"name": person}
        )


def must_hold(actor: Actor, roles: Iterable[Role]) -> None:
    """Nobody gives what they do not have."""
    for role in roles:
        if not ROLE_RIGHTS[role] <= actor.rights:
            raise Forbidden(
                _("You cannot give the role “%(role)s”: it may do more than you.")
                % {"role": role.label}
            )


def lock_tree() -> Unit:
    """One at a time: the root's row is the lock of the tree and of who administers it."""
    root = Unit.objects.select_for_update().filter(parent=None).order_by("id").first()
    if root is None:
        raise Conflict(_("Set up the company first."))
    return root


def administrator_must_remain(root: Unit) -> None:
    """Call it after the change, in its transaction, with the tree locked before."""
    left = Membership.objects.filter(
        role=Role.ADMINISTRATOR, unit=root, user__is_active=True
    ).exists()
    if not left:
        raise LastAdministrator(
            _("This is the last administrator of the company. Make somebody else one first.")
        )
