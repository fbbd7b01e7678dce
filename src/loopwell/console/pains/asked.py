"""What does the address of a pain map's page ask for?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.door import StaffRequest
from loopwell.insights.pains import AREA, CALL, COMMENT, THEME, voices


@dataclass(frozen=True)
class Asked:
    """`speaking` says in how many answers each voice speaks."""

    selection: Selection
    voice: str
    speaking: Mapping[str, int]
    by: str


def read_asked(request: StaffRequest) -> Asked:
    selection = read_selection(_with_period(request), request.actor, timezone.now())
    speaking = voices(selection.for_numbers(), request.actor)
    by = AREA if request.GET.get("level") == "areas" else THEME
    return Asked(selection, _voice(request, speaking), speaking, by)


def _with_period(request: StaffRequest) -> QueryDict:
    """A year where the address says nothing: causes are rare, a month shows none of them."""
    query = request.GET.copy()
    if not {"period", "from", "to"} & set(query):
        query["period"] = "12m"
    return query


def _voice(request: StaffRequest, speaking: Mapping[str, int]) -> str:
    wanted = request.GET.get("voice", "")
    if wanted in (CALL, COMMENT):
        return wanted
    return COMMENT if speaking.get(COMMENT) or not speaking.get(CALL) else CALL
