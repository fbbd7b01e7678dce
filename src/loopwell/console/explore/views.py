"""Staff pages: what does any number say, cut by anything? The address is the question."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.door import StaffRequest, staff
from loopwell.console.explore.choosing import OWN, choices_for, hidden_words, second_of
from loopwell.console.explore.files import as_csv, as_workbook
from loopwell.console.explore.narrowing import further
from loopwell.console.explore.pictures import asked_rows, beside_of, kind_of, picture_of
from loopwell.console.explore.rows import lines_of
from loopwell.insights.asking import Against
from loopwell.insights.beside import kinds_mixed
from loopwell.insights.comparing import NoReference
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import (
    Asked,
    filter_words,
    from_query,
    names_of_cuts,
    sentence,
    title,
)
from loopwell.insights.phrasing.naming import GRAIN_NAMES
from loopwell.insights.saved_questions import question_by_ref, saved_questions, subscriptions
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.kit.errors import ExpectedError, NotFound
from loopwell.surveys.enums import ANONYMOUS

MOST_OPEN = 24
"""Rows from which the table waits folded beneath its picture: on a phone each is a card."""


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """The whole page, or what htmx puts in its place; the address is kept clean."""
    actor, now = request.actor, timezone.now()
    asked = from_query(request.GET, actor, now, also=OWN)
    second = second_of(request.GET, asked)
    swapped = request.headers.get("HX-Request") and not request.headers.get(
        "HX-History-Restore-Request"
    )
    context = _context(request, asked, second, now)
    name = "_body" if swapped else "index"
    response = render(request, f"console/explore/{name}.html", context)
    if swapped:
        response["HX-Push-Url"] = f"{request.path}?{context['address']}"
    return response


@staff(Right.READ_ANSWERS)
def filters(request: StaffRequest) -> HttpResponse:
    """The further filters, asked for when somebody unfolds them."""
    asked = from_query(request.GET, request.actor, timezone.now(), also=OWN)
    found = _further(asked, request.actor, timezone.now())
    return render(request, "console/explore/_further.html", found)


@staff(Right.READ_ANSWERS)
def export(request: StaffRequest, kind: str) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    asked = from_query(request.GET, actor, now, also=OWN)
    files = {"csv": as_csv, "xlsx": as_workbook}
    if kind not in files:
        raise NotFound(_("There is no such file."))
    beside = beside_of(asked, second_of(request.GET, asked))
    return files[kind](asked_rows(asked), beside, actor, now)


def _context(request: StaffRequest, asked: Asked, second: str, now: datetime) -> dict[str, Any]:
    actor = request.actor
    address = asked.to_query()
    if asked.picture == "scatter":
        address = f"{address}&second={second}" if address else f"second={second}"
    ref = request.GET.get("question", "")
    question = question_by_ref(actor, ref) if ref else None
    return {
        "asked": asked,
        "metric": METRICS[asked_rows(asked).metric],
        "against": asked_rows(asked).against,
        "address": address,
        "of_all_time": f"?{asked.to_query(period='all')}" if asked.period != "all" else "",
        "most_open": MOST_OPEN,
        "title": title(asked),
        "sentence": sentence(asked, actor).removeprefix(title(asked)).removeprefix(" · "),
        "choices": choices_for(request, asked, second, now),
        "hidden": hidden_words(asked),
        "applied": _applied(asked, actor),
        "heads": _heads(asked_rows(asked)),
        "is_scatter": kind_of(asked) == "scatter",
        "is_segment": asked.against is Against.SEGMENT,
        "is_competitor": asked.against is Against.COMPETITOR,
        "question": question,
        "is_mine": question is not None and question.owner_id == actor.user_id,
        "every": subscriptions(actor).get(question.pk) if question else None,
        "kept": list(saved_questions(actor)[:12]),
        "is_anonymous": asked.narrowed.kind in ANONYMOUS,
        **(_further(asked, actor, now) if request.GET.get("more") else {}),
        **_found(asked, second, request, now),
    }


def _further(asked: Asked, actor: Actor, now: datetime) -> dict[str, Any]:
    """Fields, and the filters that still have none; or what is in the way."""
    try:
        fields = further(asked, actor, now)
    except (WarehouseUnavailable, ExpectedError) as error:
        return {"filter_trouble": str(error), "hidden": hidden_words(asked)}
    shown = {each.word for each in fields}
    rest = {word: text for word, text in hidden_words(asked).items() if word not in shown}
    return {"further": fields, "hidden": rest}


def _found(asked: Asked, second: str, request: StaffRequest, now: datetime) -> dict[str, Any]:
    """The picture and its rows, or what is in the way."""
    actor = request.actor
    try:
        picture = picture_of(asked, second, actor, now)
        beside = beside_of(asked, second)
        lines = lines_of(asked_rows(asked), beside, actor, now)
        mixed = METRICS[asked.metric].group == "score" and kinds_mixed(asked.question(now), actor)
    except NoReference:
        return {"trouble": _("There is nothing yet that this could be held against.")}
    except (WarehouseUnavailable, ExpectedError) as error:
        return {"trouble": str(error)}
    judged = [line for line in lines if not line.few]
    metric = METRICS[asked_rows(asked).metric]
    return {
        "picture": picture,
        "has_picture": picture.kind not in ("", "table"),
        "lines": lines,
        "is_count": metric.slug == "answers",
        "judged_head": _("Compared with") if metric.test == "none" else _("Is it real?"),
        "is_mixed": bool(mixed),
        "too_few": bool(lines) and not judged,
        "beside": METRICS[beside].name if any(line.beside for line in lines) else "",
    }


def _applied(asked: Asked, actor: Actor) -> list[tuple[str, str, str]]:
    """Label, value, and the address without this filter."""
    words = asked.words()
    found = []
    for word, label, value in filter_words(asked.narrowed, actor):
        rest = {name: text for name, text in words.items() if name != word}
        found.append((label, value, urlencode(rest)))
    return found


def _heads(asked: Asked) -> list[str]:
    cuts = names_of_cuts()
    heads = [cuts.get(dimension, dimension) for dimension in asked.by]
    return [*heads, str(GRAIN_NAMES[asked.grain][0])] if asked.grain else heads
