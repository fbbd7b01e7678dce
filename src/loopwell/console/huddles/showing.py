"""How is a team's score said aloud, and whether it changed?"""

from django.utils.translation import gettext as _

from loopwell.console.templatetags.numbers import signed
from loopwell.huddles.queries.agenda import ENOUGH, Score

SURE = 0.05


def score_words(score: Score) -> str:
    if not score.now.n:
        return _("Nobody answered in these four weeks.")
    if score.change is None:
        return _("Too few answers to say whether anything changed (%(enough)s are needed).") % {
            "enough": ENOUGH
        }
    if score.change.p >= SURE:
        return _("No real change against the four weeks before.")
    facts = {"points": signed(abs(score.change.value)).lstrip("+")}
    if score.change.value > 0:
        return _("Really better than in the four weeks before, by %(points)s points.") % facts
    return _("Really worse than in the four weeks before, by %(points)s points.") % facts
