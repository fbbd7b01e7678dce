"""What does Twilio tell us: a text arrived or did not, or a customer replied?"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from loopwell.delivery.happenings import Happening
from loopwell.integrations.news import happened, is_stop, stopped
from loopwell.integrations.twilio.gateway import NOBODY, account
from loopwell.integrations.twilio.signing import is_signed
from loopwell.sampling.enums import Channel


def _is_theirs(request: HttpRequest) -> bool:
    if not settings.SMS_URL.startswith("twilio://"):
        return False
    return is_signed(
        request.headers.get("X-Twilio-Signature", ""),
        token=account().token,
        url=f"{settings.BASE_URL}{request.get_full_path()}",
        fields=request.POST.dict(),
    )


@csrf_exempt
@require_POST
def status(request: HttpRequest) -> HttpResponse:
    if not _is_theirs(request):
        return HttpResponse(status=403)
    word, now = request.POST.get("MessageStatus", ""), timezone.now()
    ref, sid = request.GET.get("ref", ""), request.POST.get("MessageSid", "")
    if word == "delivered":
        happened(provider="Twilio", kind=Happening.DELIVERED, ref=ref, message_id=sid, now=now)
    elif word in ("undelivered", "failed"):
        code = request.POST.get("ErrorCode", "")
        happened(
            provider="Twilio",
            kind=Happening.BOUNCED,
            permanent=code.isdigit() and int(code) in NOBODY,
            detail=f"{word} {code}".strip(),
            ref=ref,
            message_id=sid,
            now=now,
        )
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """Twilio itself answers STOP; an empty answer adds nothing to that."""
    if not _is_theirs(request):
        return HttpResponse(status=403)
    wanted = request.POST.get("OptOutType", "") == "STOP" or is_stop(request.POST.get("Body", ""))
    if wanted and request.POST.get("From"):
        stopped(channel=Channel.SMS.value, address=request.POST["From"], now=timezone.now())
    return HttpResponse("<Response></Response>", content_type="text/xml")
