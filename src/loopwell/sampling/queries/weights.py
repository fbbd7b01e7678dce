"""How are the answers of a sending weighted, and are those of any?"""

from loopwell.sampling.models import Wave, Weighting


def weighting_of(wave: Wave) -> Weighting | None:
    """Its Weighting, whose `report` has answers, smallest, largest, cap, trimmed, effect (Kish),
    effective (sample size), rounds, converged, error, empty and unknown ([property, value] pairs),
    heaviest and lightest (values, weight, answers)."""
    return Weighting.objects.filter(wave=wave).select_related("made_by").first()


def answers_are_weighted() -> bool:
    """Whether any sending was weighted: otherwise every answer counts the same."""
    return Weighting.objects.exists()
