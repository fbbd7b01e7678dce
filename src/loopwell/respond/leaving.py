"""How does a customer leave: no more of this kind, nothing at all, or back again?

Mail programs POST `List-Unsubscribe=One-Click` here (RFC 8058), which means everything at once;
people choose on the page. GET changes nothing.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loopwell.access.rules import Actor, ActorKind
from loopwell.delivery.operations import resubscribe
from loopwell.delivery.operations import unsubscribe as stop_asking
from loopwell.respond.pages import page
from loopwell.respond.views import gone
from loopwell.responses.invited import Invited, invited
from loopwell.responses.rules import Standing
from loopwell.sampling.links import ref_of

CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    ref, now = ref_of(token), timezone.now()
    shown = invited(ref, now=now) if ref else None
    if ref is None or shown is None or shown.standing is Standing.UNKNOWN:
        return gone(request, None)
    if request.method != "POST":
        return _choices(shown)
    if "List-Unsubscribe" in request.POST:  # no redirects for mail programs
        stop_asking(invitation_ref=ref, actor=CUSTOMER, now=now, everything=True)
        return _choices(invited(ref, now=now))
    if request.POST.get("choice") == "again":
        resubscribe(invitation_ref=ref, actor=CUSTOMER, now=now)
    else:
        everything = request.POST.get("choice") != "kind"
        stop_asking(invitation_ref=ref, actor=CUSTOMER, now=now, everything=everything)
    return HttpResponseRedirect(reverse("respond:unsubscribe", args=[token]), status=303)


def _choices(shown: Invited) -> HttpResponse:
    return page(
        "unsubscribe",
        shown.language,
        kind=shown.kind,
        company=shown.company,
        texts=shown.texts,
        programme=shown.programme,
        declined=shown.standing is Standing.DECLINED,
        of_kind=shown.left_kind,
    )
