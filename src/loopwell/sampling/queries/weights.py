"""How are the answers of a sending weighted?"""

from loopwell.sampling.models import Wave, Weighting


def weighting_of(wave: Wave) -> Weighting | None:
    return Weighting.objects.filter(wave=wave).select_related("made_by").first()
