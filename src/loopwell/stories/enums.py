"""In which state is a story, and how do colleagues react to it?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StoryState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Declined")


class ReactionKind(TextChoices):
    THANKS = "thanks", _("Thank you")
    BRAVO = "bravo", _("Well done")
    COPIED = "copied", _("We do it too")
