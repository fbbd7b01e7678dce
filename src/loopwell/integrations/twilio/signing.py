"""Was a call made by Twilio? Its header signs our whole address and every field sent."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from django.utils.crypto import constant_time_compare


def signature(token: str, url: str, fields: Mapping[str, str]) -> str:
    told = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    digest = hmac.new(token.encode(), told.encode(), hashlib.sha1)
    return base64.b64encode(digest.digest()).decode()


def is_signed(given: str, *, token: str, url: str, fields: Mapping[str, str]) -> bool:
    return bool(token) and constant_time_compare(given, signature(token, url, fields))
