"""How do replies of customers come in through the mail provider?"""

from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.brevo import BrevoInboundWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.mailjet import MailjetInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.resend import ResendInboundWebhookView
from anymail.webhooks.sendgrid import SendGridInboundWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loopwell.cases.operations.receiving import take_mail
from loopwell.cases.rules.mail import LARGEST
from loopwell.integrations.esp.views import is_signed, password
from loopwell.integrations.secrets import USER

VIEWS = {
    "brevo": BrevoInboundWebhookView,
    "mailgun": MailgunInboundWebhookView,
    "mailjet": MailjetInboundWebhookView,
    "postmark": PostmarkInboundWebhookView,
    "resend": ResendInboundWebhookView,
    "sendgrid": SendGridInboundWebhookView,
    "sparkpost": SparkPostInboundWebhookView,
}
LARGEST_REQUEST = LARGEST * 3 // 2  # files travel in base64


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def inbound(request: HttpRequest, provider: str) -> HttpResponse:
    """Mails of the provider that is set up, and of no other. Anything but 200 makes the provider
    bring it again later."""
    if provider != settings.EMAIL_ESP or provider not in VIEWS:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    if provider == "mailgun" and not is_signed(provider):
        return _no("Set LOOPWELL_EMAIL_WEBHOOK_KEY to Mailgun's HTTP webhook signing key.", 403)
    if not _read_whole(request):
        return _no("A mail has at most 25 MB.", 413)
    theirs = _listener(provider)
    try:
        theirs.run_validators(request)
    except AnymailWebhookValidationFailure:
        return _no("The signature or password is wrong.", 403)
    try:
        events = theirs.parse_events(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _no("This is no mail.", 400)
    for event in events:
        theirs.signal.send(sender=type(theirs), event=event, esp_name=theirs.esp_name)
    return HttpResponse()


def came(sender: object, event: Any, esp_name: str, **_kwargs: object) -> None:
    """One mail, stored before the provider hears that it may forget it."""
    mail = event.message
    take_mail(raw=mail.as_bytes(), now=timezone.now(), also_to=[str(mail.envelope_recipient or "")])


def _listener(provider: str) -> Any:
    """SendGrid's key signs reports, not mails: those come with our password."""
    signed = provider == "mailgun"
    made: Any = VIEWS[provider]
    return made(webhook_secret=[] if signed else [f"{USER}:{password()}"])


def _read_whole(request: HttpRequest) -> bool:
    """Bodies in JSON may be larger here than those of people's forms."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST_REQUEST:
        return False
    if request.content_type == "application/json":
        request._body = request.read(LARGEST_REQUEST)  # noqa: SLF001 the only way past DATA_UPLOAD_MAX_MEMORY_SIZE for one view
    return True


def _no(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain")
