"""Which time to call back did the caller choose, as the customer's clock shows it?"""

from datetime import datetime, tzinfo

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid


def call_back_at(text: str, zone: tzinfo | None) -> datetime | None:
    """None when left empty; raises Invalid for what is no time."""
    if not text.strip():
        return None
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        found = None
    if found is None:
        message = _("Write a day and a time.")
        raise Invalid(message, fields={"again_at": [message]})
    return found.replace(tzinfo=zone) if found.tzinfo is None else found
