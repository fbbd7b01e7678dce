"""Where does a request come from, and has too much come from there within a minute?"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MOST_A_MINUTE = 120
SALT = "loopwell.respond.limits"


def place_of(request: HttpRequest) -> str:
    """The address a request came from; behind a proxy that is trusted, the one the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.ENV["trust_proxy"] and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def device_of(request: HttpRequest) -> str:
    """What tells one browser from another without asking it to remember anything."""
    parts = (
        place_of(request),
        request.headers.get("User-Agent", ""),
        request.headers.get("Accept-Language", ""),
    )
    return "\n".join(parts)


def too_many(request: HttpRequest) -> bool:
    """Counts this one; each process counts by itself, which is exact enough to stop a script."""
    digest = salted_hmac(SALT, place_of(request), algorithm="sha256").hexdigest()
    key = f"respond:{digest}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # it ran out between the two calls
        return False
