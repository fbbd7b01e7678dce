"""Which ready-made surveys are there to begin with?"""

from django.utils.translation import gettext as _

from loopwell.kit.errors import NotFound
from loopwell.surveys.templates import (
    b2b,
    benchmark,
    call,
    delivery,
    employees,
    onboarding,
    purchase,
    relationship,
    visit,
)
from loopwell.surveys.templates.model import Template

_MODULES = (
    relationship, purchase, call, delivery, onboarding, visit, b2b, employees, benchmark,
)  # fmt: skip
TEMPLATES: dict[str, Template] = {each.TEMPLATE.key: each.TEMPLATE for each in _MODULES}

__all__ = ["TEMPLATES", "Template", "template_by_key", "words_of"]


def template_by_key(key: str) -> Template:
    if key not in TEMPLATES:
        raise NotFound(_("There is no such ready-made survey."))
    return TEMPLATES[key]


def words_of(template: Template, language: str) -> dict[str, str]:
    """All texts in this language; English where we have none."""
    return dict(template.texts.get(language) or template.texts["en"])
