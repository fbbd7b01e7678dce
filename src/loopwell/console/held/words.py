"""How is it said why an answer is held?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.responses.enums import Doubt


def reason_of(doubt: str, detail: str) -> str:
    """In words; `detail` is the number that shows it, as responses.doubts gave it."""
    number = int(detail) if detail.isascii() and detail.isdigit() else None
    if number is None:
        return str(Doubt(doubt).label)
    match doubt:
        case Doubt.TOO_SOON:
            return ngettext(
                "Came %(count)d second after the message was delivered",
                "Came %(count)d seconds after the message was delivered",
                number,
            ) % {"count": number}
        case Doubt.SCANNER:
            return ngettext(
                "A mail scanner had opened every link %(count)d second before",
                "A mail scanner had opened every link %(count)d seconds before",
                number,
            ) % {"count": number}
        case Doubt.BURST:
            return _("Answer number %(count)d through the same link within five minutes") % {
                "count": number
            }
    return str(Doubt(doubt).label)
