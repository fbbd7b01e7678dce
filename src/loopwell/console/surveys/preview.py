"""How does a survey look to a customer, while it is being written?"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from loopwell.delivery.letters import company_name
from loopwell.surveys.rules import filled

NAMES = {"en": "Anna Brown", "ru": "Анна Смирнова", "uk": "Олена Коваленко", "pl": "Anna Nowak"}


def shown(texts: Mapping[str, str], language: str) -> dict[str, object]:
    """The context of console/surveys/_preview.html: an invented customer reads the texts."""
    said = filled(texts, company=company_name(), name=NAMES.get(language, NAMES["en"]))
    return {
        "said": said,
        "language": language,
        "scores": range(11),
        "company": company_name(),
        "phone_label": _("What the customer sees"),
    }
