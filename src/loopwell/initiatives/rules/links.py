"""Is this an address that a page may lead to?"""

from urllib.parse import urlsplit

LONGEST = 1000


def is_safe_link(url: str) -> bool:
    """https with a host, without a password in it, without characters that hide its end."""
    if len(url) > LONGEST or any(char.isspace() or not char.isprintable() for char in url):
        return False
    try:
        parts = urlsplit(url)
        known = parts.hostname
    except ValueError:
        return False
    return parts.scheme == "https" and bool(known) and parts.username is None
