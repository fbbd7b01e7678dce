"""Which thanks keep a promoter from being asked? A call is a contact like any other."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from loopwell.promoters.enums import How
from loopwell.promoters.models import Thanks
from loopwell.sampling.enums import After
from loopwell.sampling.rules import Asking, exclusion


@exclusion("thanked", _("whom we called to thank"), position=82)
def _thanked(asking: Asking) -> Q | Exists:
    since = asking.since(After.CALL)
    if since is None:
        return Q(pk__in=[])
    calls = Thanks.objects.filter(
        promoter__customer=OuterRef("pk"), how__in=[How.CALL, How.PERSON], at__gt=since
    )
    return Exists(calls)
