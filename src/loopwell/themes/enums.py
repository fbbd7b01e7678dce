"""What kind of problem is a theme, who found it, and what happened to it and its rules?"""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ThemeKind(TextChoices):
    DEFECT = "defect", _("Defect")
    PERCEPTION = "perception", _("Perception")
    EXPECTATION = "expectation", _("Expectation")
    ABSENCE = "absence", _("Absence")
    DELIGHT = "delight", _("Delight")


class MentionSource(TextChoices):
    """Kept apart: what one source says never overwrites another."""

    INTERVIEWER = "interviewer", _("Found in the call")
    CODER = "coder", _("Coded by a person")
    RULE = "rule", _("Found by a rule")
    MODEL = "model", _("Found by the model")


class Sentiment(IntegerChoices):
    NEGATIVE = -1, _("negative")
    NEUTRAL = 0, _("neutral")
    POSITIVE = 1, _("positive")


class Act(TextChoices):
    """What was done to the taxonomy."""

    ADDED = "added", _("added")
    DESCRIBED = "described", _("described anew")
    RENAMED = "renamed", _("renamed")
    MOVED = "moved", _("moved")
    MERGED = "merged", _("merged")
    SPLIT = "split", _("split")
    RETIRED = "retired", _("retired")
    RESTORED = "restored", _("offered again")
    TAKEN_IN = "taken_in", _("taken in")


class ReportWay(TextChoices):
    """Ways beside answers by which a theme is reported."""

    COMPLAINTS = "complaints", _("Complaints")
    SOCIAL = "social", _("Social media")
    EMPLOYEES = "employees", _("Employees’ reports")


class Trouble(TextChoices):
    """Why Loopwell itself switched a rule off."""

    SLOW = "slow", _("An expression took too long in too many comments.")
    BROKEN = "broken", _("Its lines cannot be read any more.")


class Why(TextChoices):
    """Why a comment is worth coding next."""

    RANDOM = "random", _("drawn at random, to measure the model")
    SECOND = "second", _("coded by somebody else too, to see whether two agree")
    DOUBT = "doubt", _("the model is in doubt about one theme")
    UNSURE = "unsure", _("the model finds no theme likely enough")
    CHOSEN = "chosen", _("you opened it")
