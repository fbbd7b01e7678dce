"""With which addresses can a newcomer look at the demo company, and as whom?"""

from dataclasses import dataclass

from loopwell.access.enums import Role
from loopwell.access.models import User

PASSWORD = "demo loopwell"  # noqa: S105 public on purpose, printed at every start
SHOWN = (
    Role.PROGRAMME,
    Role.EXECUTIVE,
    Role.MANAGER,
    Role.FRONT_LINE,
    Role.CALL_BACK,
    Role.ACCOUNT_MANAGER,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True)
class Login:
    email: str
    what: str


def logins() -> list[Login]:
    """One person for each kind of work, while the demo company is there."""
    found = []
    for role in SHOWN:
        people = User.objects.filter(is_demo=True, is_active=True, memberships__role=role).exclude(
            password=""
        )
        person = people.exclude(password__startswith="!").order_by("pk").first()  # noqa: S106 unusable
        if person is not None:
            found.append(Login(person.email, f"{role.label}, {person.name}"))
    return found
