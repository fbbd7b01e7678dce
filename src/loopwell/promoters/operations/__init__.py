"""What can be done with promoters: offers made and taken, thanks, references, referrals."""

from collections.abc import Sequence

from loopwell.promoters.operations.following import follow_answers
from loopwell.promoters.operations.offering import (
    go_to_community,
    go_to_review,
    make_offers,
    say_reference,
)
from loopwell.promoters.operations.referring import (
    Friend,
    change_referral,
    forget_referral,
    note_visit,
    refer,
)
from loopwell.promoters.operations.setting import (
    OffersChange,
    PlaceChange,
    add_place,
    retire_place,
    save_offers,
)
from loopwell.promoters.operations.thanking import set_reference, thank

__all__: Sequence[str] = [
    "Friend",
    "OffersChange",
    "PlaceChange",
    "add_place",
    "change_referral",
    "follow_answers",
    "forget_referral",
    "go_to_community",
    "go_to_review",
    "make_offers",
    "note_visit",
    "refer",
    "retire_place",
    "save_offers",
    "say_reference",
    "set_reference",
    "thank",
]
