"""Who are the promoters one sees, what was offered, and what came of it?"""

from collections.abc import Sequence

from loopwell.promoters.queries.counting import Counts, counts_by_month, counts_by_unit, totals
from loopwell.promoters.queries.reading import (
    offers_made,
    place_by_ref,
    places,
    promoter_by_link,
    promoter_by_ref,
    promoter_of,
    promoters,
    references_of,
    referral_by_ref,
    referrals,
    to_thank,
)

__all__: Sequence[str] = [
    "Counts",
    "counts_by_month",
    "counts_by_unit",
    "offers_made",
    "place_by_ref",
    "places",
    "promoter_by_link",
    "promoter_by_ref",
    "promoter_of",
    "promoters",
    "references_of",
    "referral_by_ref",
    "referrals",
    "to_thank",
    "totals",
]
