"""Which rated aspects go together with recommending a brand, and how is each brand rated?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Brand, Panel
from loopwell.benchmarks.queries.panels import ratings
from loopwell.calc.drivers import DriverResult, NoDrivers, relative_weights

LEAST, MOST = 60, 12


@dataclass(frozen=True)
class Aspects:
    """A brand's aspects: mean points of each with the number of ratings, and how much each goes
    together with the score; `drivers` is None where too few rated them, `why` says it."""

    brand: Brand
    rated: int
    means: Mapping[str, tuple[float, int]]
    drivers: DriverResult | None
    why: str = ""


def aspects(actor: Actor, brand: Brand, panel: Panel | None = None) -> Aspects:
    """Association, not cause: Johnson's relative weights over everybody who rated any aspect."""
    rows = ratings(actor, brand, panel=panel)
    names = sorted({name for _score, told in rows for name in told})[:MOST]
    points = np.array(
        [[told.get(name, np.nan) for name in names] for _score, told in rows], dtype=np.float64
    ).reshape(len(rows), len(names))
    means = {
        name: (float(np.nanmean(points[:, place])), int((~np.isnan(points[:, place])).sum()))
        for place, name in enumerate(names)
    }
    if len(rows) < LEAST or len(names) < 2:
        return Aspects(brand, len(rows), means, None)
    scores = np.array([score for score, _told in rows], dtype=np.float64)
    try:
        found = relative_weights(points, scores, names, bootstrap=300)
    except NoDrivers as error:
        return Aspects(brand, len(rows), means, None, str(error))
    return Aspects(brand, len(rows), means, found)
