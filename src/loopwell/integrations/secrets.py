"""What must an address of ours contain so that only our provider can call it?"""

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "loopwell.integrations.hooks"
LENGTH = 40
USER = "loopwell"


def hook_secret(name: str) -> str:
    """The same as long as the installation's secret key is."""
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()[:LENGTH]


def is_hook_secret(name: str, given: str) -> bool:
    return constant_time_compare(given, hook_secret(name))
