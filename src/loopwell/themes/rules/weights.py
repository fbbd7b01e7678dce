"""How do several root causes of one answer share the weight of 100 %?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid

WHOLE = Decimal(100)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Cause:
    """One root cause by its slug; `weight` in percent, None where nobody weighed."""

    slug: str
    weight: Decimal | None = None


class BadWeights(Invalid):
    """Root causes whose weights cannot stand."""


def shares(causes: Sequence[Cause]) -> dict[str, Decimal]:
    """The weight of each cause; together exactly 100.

    Unweighed causes share equally what the weighed ones leave. Raises BadWeights when a
    cause comes twice, is worth nothing, or they do not make 100 together.
    """
    slugs = [cause.slug for cause in causes]
    if not slugs:
        return {}
    if len(set(slugs)) < len(slugs):
        raise _bad(_("One root cause is chosen twice. Choose each only once."))
    given = {cause.slug: cause.weight for cause in causes if cause.weight is not None}
    open_slugs = [slug for slug in slugs if slug not in given]
    total = sum(given.values(), Decimal())
    if any(weight <= 0 for weight in given.values()):
        raise _bad(_("Each root cause needs a weight above 0 %."))
    if total > WHOLE or (open_slugs and total == WHOLE) or (not open_slugs and total != WHOLE):
        raise _bad(
            _("The weights make %(total)s %% together; they must make 100 %%.")
            % {"total": f"{total.normalize():f}"}
        )
    return given | _equal(open_slugs, WHOLE - total)


def _equal(slugs: Sequence[str], rest: Decimal) -> dict[str, Decimal]:
    """Equal parts in hundredths; what cannot be divided goes to the first."""
    if not slugs:
        return {}
    part = (rest / len(slugs)).quantize(CENT, rounding="ROUND_DOWN")
    found = dict.fromkeys(slugs, part)
    found[slugs[0]] += rest - part * len(slugs)
    return found


def _bad(message: str) -> BadWeights:
    return BadWeights(message, fields={"causes": [message]})
