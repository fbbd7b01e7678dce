"""Staff pages: what comes out of the printer for one code or for all of them?"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.links.choices import Row
from loopwell.kit.errors import NotFound
from loopwell.responses.open_counts import LinkCount
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking import queries
from loopwell.sampling.linking.opening import opened
from loopwell.surveys.brand import brand

LAYOUTS = ("sheet", "cards")
MOST = 500


@dataclass(frozen=True)
class Sheet:
    """One code with the words around it, in the language of who will read it."""

    row: Row
    language: str
    question: str
    company: str


@staff(Right.RUN_SURVEYS)
def sheets(request: StaffRequest) -> HttpResponse:
    """Those named by `link`, or all open codes of the programme named by `programme`."""
    wanted, programme = request.GET.getlist("link"), request.GET.get("programme", "")
    rows = queries.links_listed(request.actor).exclude(kind=LinkKind.EMBED)
    if wanted:
        rows = rows.filter(ref__in=wanted)
    else:
        rows = rows.filter(programme__ref=programme, closed_at=None, kind=LinkKind.QR)
    made = [each for each in (_sheet(Row(link, LinkCount())) for link in rows[:MOST]) if each]
    if not made:
        raise NotFound(_("There is nothing to print: no open code was found."))
    layout = request.GET.get("layout", "")
    query = request.GET.copy()
    query.pop("layout", None)
    context = {
        "sheets": made,
        "layout": layout if layout in LAYOUTS else LAYOUTS[0],
        "query": query.urlencode(),
        "brand": brand(),
        "left_out": rows.count() - MOST,
    }
    return render(request, "console/links/print.html", context)


def _sheet(row: Row) -> Sheet | None:
    found = opened(row.link.ref)
    if found is None or not found.is_open:
        return None
    language = found.spoken(row.link.language)
    return Sheet(row, language, found.texts(language)["question"], found.company)
