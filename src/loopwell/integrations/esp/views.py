"""Did this report come from our provider? Only then is it listened to."""

from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loopwell.integrations.secrets import USER, hook_secret

VIEWS = {
    "brevo": BrevoTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "resend": ResendTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
}
SIGNING = frozenset({"mailgun", "sendgrid"})
"""These sign their reports with a key of their own; the others log in with ours."""


def password() -> str:
    return hook_secret("esp")


def is_signed(provider: str) -> bool:
    """Whether its reports are signed: it can, and we have its key."""
    return provider in SIGNING and bool(_key(provider))


def _key(provider: str) -> str:
    names = {
        "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
        "sendgrid": "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY",
    }
    return str(settings.ANYMAIL.get(names[provider]) or "")


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def tracking(request: HttpRequest, provider: str) -> HttpResponse:
    """Reports of the provider that is set up, and of no other; some look by HEAD whether we are
    there."""
    if provider != settings.EMAIL_ESP or provider not in VIEWS:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    if provider == "mailgun" and not is_signed(provider):
        return _no("Set LOOPWELL_EMAIL_WEBHOOK_KEY to Mailgun's HTTP webhook signing key.", 403)
    theirs = _listener(provider)
    try:
        theirs.run_validators(request)
    except AnymailWebhookValidationFailure:
        return _no("The signature or password is wrong.", 403)
    try:
        events = theirs.parse_events(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _no("This is no report.", 400)
    for event in events:
        theirs.signal.send(sender=type(theirs), event=event, esp_name=theirs.esp_name)
    return HttpResponse()


def _listener(provider: str) -> Any:
    secret = [] if is_signed(provider) else [f"{USER}:{password()}"]
    made: Any = VIEWS[provider]
    return made(webhook_secret=secret)


def _no(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain")
