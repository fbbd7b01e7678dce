"""How does a reader say whether a digest helped, or that they want no more of them?

Links carry the digest's signed reference; what was said is kept without the person.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.queries import actor_for
from loopwell.digests.enums import Edition
from loopwell.digests.models import Digest, Opinion, Wish
from loopwell.digests.queries.wishes import AT, wished
from loopwell.digests.wording import ref_in
from loopwell.kit.errors import NotFound


def digest_by_token(token: str) -> Digest:
    ref = ref_in(token)
    found = Digest.objects.filter(ref=ref).select_related("user__unit").first() if ref else None
    if found is None:
        raise NotFound(_("This link is not one of ours, or what it was about is gone."))
    return found


@transaction.atomic
def judge(*, now: datetime, token: str, helped: bool, sentence: str = "") -> bool:
    """Counts once for each digest; False when it was judged before."""
    digest = digest_by_token(token)
    if not Digest.objects.filter(pk=digest.pk, voted_at=None).update(voted_at=now):
        return False
    Opinion.objects.create(
        unit_id=digest.user.unit_id,
        day=digest.day,
        edition=digest.edition,
        helped=helped,
        sentence=sentence.strip()[:500],
    )
    return True


@transaction.atomic
def stop_edition(*, token: str) -> Edition:
    """No more of this edition; the others stay as they are."""

    digest = digest_by_token(token)
    has = wished(actor_for(digest.user))
    wanted = has.editions - {Edition(digest.edition)}
    values = {each.value: each in wanted for each in Edition}
    Wish.objects.update_or_create(
        user=digest.user, defaults={**values, "at": has.at if has.own else AT}
    )
    return Edition(digest.edition)
