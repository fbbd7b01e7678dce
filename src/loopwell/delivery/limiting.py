"""How is the speed to one mail provider limited?"""

import re
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.delivery.models import DomainLimit
from loopwell.delivery.queries import domain_limits
from loopwell.kit.errors import Invalid, NotFound

_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@transaction.atomic
def limit_domains(
    *, actor: Actor, name: str, domains: Sequence[str], per_minute: int | None
) -> DomainLimit:
    """So many messages a minute to all these domains together; none: as fast as we may. The same
    name again replaces what was said."""
    rows = domain_limits(actor)  # refuses those who may not
    wanted = sorted({each.strip().lower().lstrip("@") for each in domains if each.strip()})
    wrong = [each for each in wanted if not _DOMAIN.fullmatch(each)]
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give it a name.")]
    if wrong or not wanted:
        fields["domains"] = [
            _("“%(text)s” is no domain; write one like gmail.com.") % {"text": ", ".join(wrong)}
        ]
    if per_minute is not None and per_minute < 1:
        fields["per_minute"] = [_("At least 1 a minute; pause the sending to send nothing.")]
    taken = [each for each in rows.exclude(name=name.strip()) if set(each.domains) & set(wanted)]
    if taken:
        fields["domains"] = [_("“%(name)s” has one of these already.") % {"name": taken[0].name}]
    if fields:
        raise Invalid(_("This cannot be kept."), fields=fields)
    found, _made = DomainLimit.objects.update_or_create(
        name=name.strip()[:100], defaults={"domains": wanted, "per_minute": per_minute}
    )
    return found


def forget_limit(*, actor: Actor, number: int) -> None:
    """Mail to these domains leaves as fast as all other; a rest ends too."""
    deleted, _by_model = domain_limits(actor).filter(pk=number).delete()
    if not deleted:
        raise NotFound(_("There is no such limit any more."))
