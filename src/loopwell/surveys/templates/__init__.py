"""Which ready-made surveys are there to begin with?"""

from django.utils.translation import gettext as _

from loopwell.kit.errors import NotFound
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.templates import (
    b2b,
    benchmark,
    call,
    delivery,
    employees,
    onboarding,
    purchase,
    recovery,
    relationship,
    visit,
)
from loopwell.surveys.templates.model import Template

_MODULES = (
    relationship, purchase, call, delivery, onboarding, visit, recovery, b2b, employees,
    benchmark,
)  # fmt: skip
TEMPLATES: dict[str, Template] = {each.TEMPLATE.key: each.TEMPLATE for each in _MODULES}

__all__ = ["TEMPLATES", "Template", "as_version", "template_by_key", "words_of"]


def template_by_key(key: str) -> Template:
    if key not in TEMPLATES:
        raise NotFound(_("There is no such ready-made survey."))
    return TEMPLATES[key]


def words_of(template: Template, language: str) -> dict[str, str]:
    """All texts in this language; English where we have none."""
    return dict(template.texts.get(language) or template.texts["en"])


def as_version(template: Template) -> Version:
    """As if it were a survey's version in all languages, to be looked at; nothing is stored."""
    return Version(
        survey=Survey(name=str(template.name), kind=template.kind, touchpoint=template.touchpoint),
        number=1,
        questions=[each.to_json() for each in template.questions],
        texts={code: dict(texts) for code, texts in template.texts.items()},
    )
