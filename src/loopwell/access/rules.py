"""Who may do what? Actors, the part of the company they see, and what each role allows."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.kit.errors import Forbidden


class ActorKind(Enum):
    USER = "user"
    API_KEY = "api_key"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True)
class Scope:
    """The rows an actor sees: units below any of `paths`, and accounts owned by `owner_id`.

    `everything` also covers rows that belong to no unit.
    """

    everything: bool = False
    paths: tuple[str, ...] = ()
    owner_id: int | None = None

    def rows(self, unit: str = "unit", account: str | None = None) -> Q:
        """A filter for any model with a foreign key `unit` (and one to an account)."""
        if self.everything:
            return Q()
        wanted = Q(pk__in=[])
        for path in self.paths:
            wanted |= Q(**{f"{unit}__path__startswith": path})
        if account is not None and self.owner_id is not None:
            wanted |= Q(**{f"{account}__owner_id": self.owner_id})
        return wanted

    def covers(self, path: str | None) -> bool:
        return self.everything or (path is not None and path.startswith(self.paths or ("\0",)))


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, an API key, a customer answering, or Loopwell itself.

    `scope` is all an actor sees anything of; `within(right)` the part where they have that
    right. The two differ for people with several roles: who reads everywhere and works cases
    in one branch works no other branch's cases. `scopes` is that part by right; without it
    every right holds in all of `scope`.
    """

    kind: ActorKind
    name: str
    ref: str = ""
    user_id: int | None = None
    rights: frozenset[Right] = frozenset()
    roles: frozenset[Role] = frozenset()
    scope: Scope = Scope()
    scopes: tuple[tuple[Right, Scope], ...] = ()

    @property
    def label(self) -> str:
        """How the journal names this actor: "user:k3…", "system"."""
        return f"{self.kind.value}:{self.ref}" if self.ref else self.kind.value

    def may(self, right: Right) -> bool:
        return right in self.rights

    def within(self, right: Right) -> Scope:
        """Where this right holds; nowhere without it."""
        if not self.may(right):
            return Scope()
        return dict(self.scopes)[right] if self.scopes else self.scope


SYSTEM = Actor(
    kind=ActorKind.SYSTEM, name="Loopwell", rights=frozenset(Right), scope=Scope(everything=True)
)

_READ = {Right.READ_ANSWERS, Right.READ_CUSTOMERS, Right.READ_CASES}
_FRONT = _READ | {Right.WORK_CASES}
_LEAD = _FRONT | {Right.COACH}
ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.PROGRAMME: frozenset(set(Right) - {Right.MANAGE_ACCESS}),
    Role.ANALYST: frozenset(_READ),
    Role.EXECUTIVE: frozenset(_READ | {Right.SET_TARGETS}),
    Role.FINANCE: frozenset({Right.READ_ANSWERS}),
    Role.MANAGER: frozenset(_LEAD | {Right.PUBLISH, Right.SET_TARGETS}),
    Role.SUPERVISOR: frozenset(_LEAD),
    Role.FRONT_LINE: frozenset(_FRONT),
    Role.CALL_BACK: frozenset(_FRONT),
    Role.ACCOUNT_MANAGER: frozenset(_FRONT),
    Role.FUNCTION: frozenset({Right.READ_ANSWERS}),
}


def require(actor: Actor, right: Right) -> None:
    """Raises Forbidden unless the actor has the right; every operation begins with it."""
    if not actor.may(right):
        raise Forbidden(
            _("You do not have the right “%(right)s”. Ask an administrator for it.")
            % {"right": right.label}
        )
