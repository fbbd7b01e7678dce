"""What does a gateway tell us: a text arrived or did not, or a customer replied?

Gateways differ in the names they use, so the common ones are understood; form fields, JSON and
query strings alike. The secret in the address is the permission.
"""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loopwell.delivery.happenings import Happening
from loopwell.integrations.news import happened, is_stop, stopped
from loopwell.integrations.secrets import is_hook_secret
from loopwell.people.rules.contact import normal_phone
from loopwell.sampling.enums import Channel

NAME = "sms_http"
FROM = ("from", "sender", "msisdn", "phone", "number")
TEXT = ("text", "message", "body", "content")
REF = ("ref", "reference", "client_ref", "custom_id")
ID = ("id", "message_id", "messageId", "sms_id")
STATUS = ("status", "state", "dlr")
ARRIVED = frozenset({"delivered", "delivrd", "arrived"})
FAILED = frozenset({"undelivered", "undeliv", "failed", "rejected", "rejectd", "expired"})
NOBODY = frozenset({"unknown_number", "invalid_number", "absent_subscriber_permanently"})


def _fields(request: HttpRequest) -> dict[str, str]:
    found = {**request.GET.dict(), **request.POST.dict()}
    if request.content_type == "application/json" and request.body:
        try:
            told = json.loads(request.body)
        except ValueError:
            told = None
        if isinstance(told, dict):
            found |= {key: each for key, each in told.items() if isinstance(each, str | int)}
    return {str(key).lower(): str(each) for key, each in found.items()}


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name.lower()] for name in names if fields.get(name.lower())), "")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, secret: str) -> HttpResponse:
    """Delivery reports."""
    if not is_hook_secret(NAME, secret):
        return HttpResponse(status=403)
    fields, now = _fields(request), timezone.now()
    word = _first(fields, STATUS).lower()
    ref, number = _first(fields, REF), _first(fields, ID)
    if not (ref or number):
        return HttpResponse("Name the text: ref or id.", status=400, content_type="text/plain")
    if word in ARRIVED:
        happened(provider="SMS", kind=Happening.DELIVERED, ref=ref, message_id=number, now=now)
    elif word in FAILED | NOBODY:
        happened(
            provider="SMS",
            kind=Happening.BOUNCED,
            permanent=word in NOBODY,
            detail=word,
            ref=ref,
            message_id=number,
            now=now,
        )
    return HttpResponse(status=204)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, secret: str) -> HttpResponse:
    """What customers write back; only the wish to be left alone is acted on."""
    if not is_hook_secret(NAME, secret):
        return HttpResponse(status=403)
    fields = _fields(request)
    written = _first(fields, FROM).strip()
    sender, understood = normal_phone(written)
    if not understood:  # gateways often leave the plus out
        sender, understood = normal_phone(f"+{written}")
    if understood and is_stop(_first(fields, TEXT)):
        stopped(channel=Channel.SMS.value, address=sender, now=timezone.now())
    return HttpResponse(status=204)
