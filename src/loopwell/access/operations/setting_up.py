"""How does an installation get its company, and a person their own settings?"""

from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Unit, User
from loopwell.access.operations.people import create_user
from loopwell.access.operations.units import create_unit
from loopwell.access.rules import SYSTEM, Actor
from loopwell.kit.errors import Conflict, Forbidden, Invalid


@transaction.atomic
def set_up_company(
    *, company: str, time_zone: str, name: str, email: str, password: str, language: str
) -> User:
    """The root unit and the first administrator of a new installation."""
    if Unit.objects.exists():
        raise Conflict(_("This installation has a company already."))
    root = create_unit(
        actor=SYSTEM, name=company, parent=None, kind=UnitKind.COMPANY, time_zone=time_zone
    )
    return create_user(
        actor=SYSTEM,
        email=email,
        name=name,
        unit=root,
        roles=[Role.ADMINISTRATOR],
        password=password,
        language=language,
    )


def change_own_settings(*, actor: Actor, language: str, time_zone: str) -> User:
    """A person's own language and time zone; "" follows the browser and the company."""
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise Forbidden(_("Only a person has settings of their own."))
    if language and language not in dict(settings.LANGUAGES):
        message = _("Choose one of the languages in the list.")
        raise Invalid(message, fields={"language": [message]})
    if time_zone and time_zone not in available_timezones():
        message = _("There is no time zone called %(name)s.") % {"name": time_zone}
        raise Invalid(message, fields={"time_zone": [message]})
    user.language, user.time_zone = language, time_zone
    user.save(update_fields=["language", "time_zone"])
    return user
