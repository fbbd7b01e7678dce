"""Which properties are declared, and what do customers carry under their names?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.people.models import Property
from loopwell.people.queries.lists import visible_to

LOOKED_AT = 5_000
EXAMPLES = 3


@dataclass(frozen=True)
class Carried:
    """A property among the customers that changed last: how many of `of` carry a value, and the
    values seen most."""

    property: Property
    known: int
    of: int
    examples: Sequence[str]
    values: Mapping[str, int]


def property_by_name(name: str) -> Property:
    found = Property.objects.filter(name=name).first()
    if found is None:
        raise NotFound(_("There is no such property."))
    return found


def carried(actor: Actor) -> list[Carried]:
    """Of the customers the actor sees, the newest few thousand."""
    rows = visible_to(actor).order_by("-updated_at").values_list("properties", flat=True)
    told = list(rows[:LOOKED_AT])
    found = []
    for each in Property.objects.order_by("label"):
        values = Counter(
            str(said[each.name]).strip() for said in told if said.get(each.name) not in (None, "")
        )
        examples = [text for text, _count in values.most_common(EXAMPLES)]
        found.append(Carried(each, sum(values.values()), len(told), examples, values))
    return found
