"""Staff pages: one problem on a page of paper or a slide, and the ranked ones as a deck."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.pains import showing
from loopwell.console.pains.asked import read_asked
from loopwell.console.pains.sheet import Sheet, sheet_of, with_margin
from loopwell.console.templatetags import numbers
from loopwell.insights.complaining import complained
from loopwell.insights.pains import pain_map
from loopwell.kit.translated import said_in
from loopwell.themes import queries

MOST = 10
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@staff(Right.READ_ANSWERS)
def on_paper(request: StaffRequest, slug: str) -> HttpResponse:
    """A4, by the browser's own print."""
    sheet, query = _sheet(request, slug)
    context = {"sheet": sheet, "slug": slug, "query": query}
    return render(request, "console/pains/print.html", context)


@staff(Right.READ_ANSWERS)
def slide(request: StaffRequest, slug: str) -> HttpResponse:
    from loopwell.console.pains.slides.deck import as_deck

    sheet, _query = _sheet(request, slug)
    return _file(as_deck([sheet]), f"{slugify(slug) or 'problem'}.pptx")


@staff(Right.READ_ANSWERS)
def deck(request: StaffRequest) -> HttpResponse:
    """The ranked table of the map that is looked at, then a slide for each of its first ten."""
    from loopwell.console.pains.slides.deck import as_deck, as_empty

    asked, now, show = read_asked(request), timezone.now(), request.GET.get("show", "")
    filters, delights = asked.selection.for_numbers(), show == "delights"
    found = pain_map(filters, asked.voice, request.actor, asked.by)
    pains = found.delights if delights else found.pains
    told = {} if delights else complained(filters, asked.voice, request.actor, pains, asked.by)
    lines = showing.lines(pains, asked.selection, asked.voice, request.actor, told)
    shown = [each for each in lines if show != "quiet" or each.is_quiet][:MOST]
    if not shown:
        return _file(as_empty(), "problems.pptx")
    sheets = [
        sheet_of(request.actor, asked.selection, each.pain.theme, asked.voice, now)
        for each in shown
    ]
    ranked = [_row(each, with_complaints=bool(told)) for each in shown]
    name = "delights.pptx" if delights else "problems.pptx"
    return _file(as_deck(sheets, ranked, with_complaints=bool(told)), name)


def _sheet(request: StaffRequest, slug: str) -> tuple[Sheet, str]:
    theme = queries.theme_by_slug(slug)
    asked = read_asked(request)
    sheet = sheet_of(request.actor, asked.selection, theme, asked.voice, timezone.now())
    return sheet, f"{asked.selection.query()}&voice={asked.voice}"


def _row(line: showing.Line, *, with_complaints: bool) -> list[str]:
    """Of the ranked table."""
    pain = line.pain
    return [
        str(pain.theme),
        said_in(pain.theme.owner_function),
        with_margin(pain.of_unhappy) if pain.of_unhappy else numbers.NONE,
        with_margin(pain.of_all),
        numbers.grouped(pain.counts.n),
        *([line.one_in] if with_complaints else []),
        f"{line.points} ({line.margin})" if line.margin else line.points,
    ]


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=SLIDES)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
