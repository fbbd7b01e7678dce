"""Staff pages: what happened in a case, the newest first, in parts or what fits a search."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.cases import queries
from loopwell.console.cases.wording import Told, tell
from loopwell.console.door import StaffRequest, staff

AT_ONCE = 50
LARGEST = 2**62  # of an entry's number in an address


def told_context(case: Any, *, before: int | None = None) -> dict[str, Any]:
    """The newest entries in words; `earlier` is where those before them end, if there are any."""
    lines = queries.timeline(case, before=before, newest=AT_ONCE + 1)
    shown = lines[-AT_ONCE:]
    return {
        "told": [said for line in reversed(shown) if (said := tell(line))],
        "earlier": shown[0].id if len(lines) > AT_ONCE else None,
    }


@staff(Right.READ_CASES)
def told(request: StaffRequest, ref: str) -> HttpResponse:
    case = queries.case_by_ref(request.actor, ref)
    sought, before = request.GET.get("q", "").strip(), request.GET.get("before", "")
    start = int(before) if before.isdecimal() and int(before) < LARGEST else None
    found = {"told": _fitting(case, sought)} if sought else told_context(case, before=start)
    context = {"case": case, "sought": sought, "now": timezone.now(), **found}
    part = request.headers.get("HX-Request") and not sought
    return render(request, f"console/cases/{'_told' if part else 'told'}.html", context)


def _fitting(case: Any, sought: str) -> list[Told]:
    """Of all that happened, what has every word sought."""
    words = sought.casefold().split()
    every = [said for line in reversed(queries.timeline(case)) if (said := tell(line))]
    return [
        said
        for said in every
        if all(word in f"{said.words} {said.detail}".casefold() for word in words)
    ]
