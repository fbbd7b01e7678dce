"""What should somebody do first in a new installation?"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.people.queries import customers
from loopwell.sampling.queries import visible_to as visible_waves
from loopwell.surveys.queries import sendable


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    url: str
    action: str
    done: bool


def first_steps(actor: Actor) -> list[Step]:
    """For those who run the programme; nothing for anybody else."""
    if not actor.may(Right.RUN_SURVEYS) or not actor.may(Right.IMPORT_DATA):
        return []
    return [
        Step(
            title=_("Bring your customers"),
            text=_("A file from any system will do: names, e-mail addresses, what you know."),
            url=reverse("imports:list"),
            action=_("Import customers"),
            done=customers(actor).exists(),
        ),
        Step(
            title=_("Write the survey"),
            text=_("One question and why. The words are there in four languages: change them."),
            url=reverse("surveys:list"),
            action=_("Create a survey"),
            done=bool(sendable(actor)),
        ),
        Step(
            title=_("Send it"),
            text=_("Choose whom you ask, look at the message, and let it go."),
            url=reverse("waves:list"),
            action=_("Send the survey"),
            done=visible_waves(actor).exclude(launched_at=None).exists(),
        ),
    ]
