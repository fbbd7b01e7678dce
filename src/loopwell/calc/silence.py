"""What would the score be if those who stayed silent had answered?"""

from dataclasses import dataclass

from loopwell.calc.nps import POINTS, Counts, NoAnswers, nps


@dataclass(frozen=True, slots=True)
class Band:
    """The score in points if all the silent were detractors (``low``) or promoters (``high``).

    ``middle`` takes them for people like those who answered late; None where nothing is known of
    late answers. ``silent`` of ``asked`` did not answer.
    """

    low: float
    high: float
    middle: float | None
    silent: int
    asked: int


def silent_band(answered: Counts, silent: int, *, late: Counts | None = None) -> Band:
    """Worst and best case of non-response, and a modelled middle.

    The bounds assume nothing (Manski, Partial Identification of Probability Distributions, 2003);
    the middle is the continuum of resistance: those who answer only after a reminder resemble those
    who never do (Lin and Schaeffer, Public Opinion Quarterly 59, 1995). Raises NoAnswers where
    nobody answered.
    """
    if silent < 0:
        raise ValueError("The number of the silent cannot be negative")
    if answered.n == 0:
        raise NoAnswers("Nobody answered: nothing can be said of the silent")
    asked = answered.n + silent
    known = answered.promoters - answered.detractors
    like_late = nps(late) if late is not None else None
    middle = None if like_late is None else POINTS * known / asked + like_late * silent / asked
    return Band(
        POINTS * (known - silent) / asked, POINTS * (known + silent) / asked, middle, silent, asked
    )
