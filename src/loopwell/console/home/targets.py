"""Is the score that the home page shows on its way to its target?"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.answers.selection import Selection
from loopwell.console.home.headline import Sentence
from loopwell.console.targets import words
from loopwell.targets.queries import running_aim, standings
from loopwell.targets.queries.standing import Track


def target_words(actor: Actor, selection: Selection, today: date) -> list[Sentence]:
    """One sentence, where the unit shown has a target of its own that runs today."""
    path = _place(actor, selection)
    if path is None or selection.survey or selection.properties or selection.touchpoint:
        return []
    target = running_aim(actor, path, today, kind=selection.kind)
    if target is None:
        return []
    standing = standings(actor, [target], today)[0]
    if standing.track is Track.BEYOND:
        return []
    told = _("Target %(value)s for %(when)s: %(standing)s.") % {
        "value": words.value_words(target.metric, target.value),
        "when": words.stretch_words(target.period, target.start, target.end),
        "standing": words.track_in_sentence(standing),
    }
    url = reverse("targets:target", args=[target.ref])
    return [Sentence(told, words.TONES.get(standing.track, ""), url)]


def _place(actor: Actor, selection: Selection) -> str | None:
    """The path of the unit shown, "" is the company; None for several units together."""
    if selection.path:
        return selection.path
    scope = actor.within(Right.READ_ANSWERS)
    if scope.everything:
        return ""
    return scope.paths[0] if len(scope.paths) == 1 and scope.owner_id is None else None
