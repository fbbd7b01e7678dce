"""Which kinds of survey and of question are there?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SurveyKind(TextChoices):
    RELATIONSHIP = "relationship", _("Relationship")
    TRANSACTIONAL = "transactional", _("Transactional")
    EMPLOYEE = "employee", _("Employees")
    BENCHMARK = "benchmark", _("Competitors")


OUR_CUSTOMERS = (SurveyKind.RELATIONSHIP, SurveyKind.TRANSACTIONAL)
"""The kinds whose answers are our customers' opinion of us; the others are read apart."""
ANONYMOUS = (SurveyKind.EMPLOYEE,)
"""The kinds whose answers are never joined to a person nor shown one by one."""


class QuestionType(TextChoices):
    NPS = "nps", _("Recommendation, 0 to 10")
    COMMENT = "comment", _("Why that score?")
    CSAT = "csat", _("Satisfaction")
    CES = "ces", _("Effort")
    GRID = "grid", _("Rating of several aspects")
    SINGLE = "single", _("One choice")
    MULTIPLE = "multiple", _("Several choices")
    TEXT = "text", _("Open text")
    CONSENT = "consent", _("May we contact you?")
    HIDDEN = "hidden", _("Hidden field")
