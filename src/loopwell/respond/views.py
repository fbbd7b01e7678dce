"""What happens when a customer opens their link, gives a score, says why, or wants out?

GET never records anything: a score in the link is only marked. The signed token in the path
is the permission, so these POSTs need no cookie and no CSRF token.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loopwell.access.rules import Actor, ActorKind
from loopwell.cases.queries import promised_call
from loopwell.delivery.operations import unsubscribe as stop_asking
from loopwell.kit.errors import Invalid
from loopwell.respond.pages import page
from loopwell.responses.invited import Invited, invited
from loopwell.responses.operations import record_response
from loopwell.responses.rules import Answer, Effect, Standing
from loopwell.sampling.links import ref_of

CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")
SCORES = range(11)


def _score(text: str | None) -> int | None:
    """0 to 10 as one or two digits; anything else is no score."""
    number = text if text is not None and text.isascii() and text.isdigit() else ""
    return int(number) if 0 < len(number) <= 2 and int(number) <= 10 else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    ref = ref_of(token)
    if ref is None:
        return page("gone", get_language_from_request(request), status=404, reason="unknown")
    if request.method == "POST":
        return _record(request, token, ref)
    now = timezone.now()
    shown = invited(ref, now=now)
    if shown.standing in (Standing.UNKNOWN, Standing.EXPIRED, Standing.DECLINED):
        return _gone(request, shown)
    if "done" in request.GET and shown.score is not None:
        hours = promised_call(score=shown.score, consent=shown.contact_consent)
        return page("done", shown.language, **_context(shown), call_within=hours)
    return _question(shown, _score(request.GET.get("score")))


def _question(
    shown: Invited,
    marked: int | None,
    error: str = "",
    status: int = 200,
    comment: str | None = None,
) -> HttpResponse:
    chosen = marked if marked is not None else shown.score
    return page(
        "question",
        shown.language,
        status=status,
        **_context(shown),
        scores=SCORES,
        chosen=chosen,
        saved=shown.score is not None and chosen == shown.score,
        error=error,
        typed=shown.comment if comment is None else comment,
    )


def _context(shown: Invited) -> dict[str, Any]:
    return {"texts": shown.texts, "shown": shown, "company": shown.company}


def _gone(request: HttpRequest, shown: Invited) -> HttpResponse:
    status = {Standing.UNKNOWN: 404, Standing.EXPIRED: 410, Standing.DECLINED: 200}
    language = shown.language or get_language_from_request(request)
    return page("gone", language, status=status[shown.standing], reason=shown.standing.value)


def _record(request: HttpRequest, token: str, ref: str) -> HttpResponse:
    now = timezone.now()
    score = _score(request.POST.get("score"))
    if score is None:
        score = _score(request.POST.get("chosen"))
    consent = {"yes": True, "no": False}.get(request.POST.get("contact", ""))
    comment = request.POST.get("comment")
    try:
        if score is None:
            raise Invalid("")
        given = Answer(score=score, comment=comment, contact_consent=consent)
        effect = record_response(actor=CUSTOMER, invitation_ref=ref, answer=given, now=now)
    except Invalid:
        shown = invited(ref, now=now)
        return _question(shown, None, error="score", status=422, comment=comment)
    if effect is Effect.REFUSED:
        return _gone(request, invited(ref, now=now))
    address = reverse("respond:answer", args=[token])
    finished = "finish" in request.POST
    return HttpResponseRedirect(f"{address}?done=1" if finished else address, status=303)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: mail programs POST here at once; people see a button first."""
    ref = ref_of(token)
    shown = invited(ref, now=timezone.now()) if ref else None
    if ref is None or shown is None or shown.standing is Standing.UNKNOWN:
        return page("gone", get_language_from_request(request), status=404, reason="unknown")
    if request.method == "POST":
        stop_asking(invitation_ref=ref, actor=CUSTOMER, now=timezone.now())
        return page("gone", shown.language, reason="declined")
    declined = shown.standing is Standing.DECLINED
    template = "gone" if declined else "unsubscribe"
    return page(template, shown.language, reason="declined", **_context(shown))
