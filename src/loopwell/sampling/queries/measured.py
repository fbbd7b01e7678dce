"""At which touchpoints is anybody asked now?"""

from loopwell.sampling.models import Programme


def touchpoints_asked() -> frozenset[str]:
    """Those of programmes that run: started, neither paused nor ended."""
    running = Programme.objects.filter(
        started_at__isnull=False, ended_at=None, paused_at=None
    ).select_related("survey")
    told = {each.survey.touchpoint for each in running}
    told |= {name for each in running for name in each.touchpoints}
    return frozenset(told - {""})
