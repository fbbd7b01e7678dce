"""Is what one sees real? Trends with limits, the silent, what a change is made of, what comes."""

from loopwell.insights.judging.ahead import Forecast, forecasted
from loopwell.insights.judging.changes import decomposed
from loopwell.insights.judging.paired import Paired, paired
from loopwell.insights.judging.sharpening import sharpened
from loopwell.insights.judging.silent import band
from loopwell.insights.judging.trends import JudgedTrend, Moment, judged_trend, moments_of

__all__ = [
    "Forecast",
    "JudgedTrend",
    "Moment",
    "Paired",
    "band",
    "decomposed",
    "forecasted",
    "judged_trend",
    "moments_of",
    "paired",
    "sharpened",
]
