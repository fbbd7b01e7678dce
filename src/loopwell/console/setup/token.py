"""Who may set up a new installation? Whoever can read the terminal it was started in."""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac


def setup_token() -> str:
    return salted_hmac("loopwell.setup", "first start", algorithm="sha256").hexdigest()[:32]


def setup_url() -> str:
    return f"{settings.BASE_URL}{reverse('setup:index', args=[setup_token()])}"


def is_setup_token(token: str) -> bool:
    return hmac.compare_digest(token, setup_token())
