"""Staff pages: how good is the model, which version reads, and do two people agree?"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.console.door import StaffRequest, staff
from loopwell.console.templatetags.numbers import grouped
from loopwell.jobs.queries import latest
from loopwell.kit.errors import ExpectedError
from loopwell.themes.learning import FEWEST
from loopwell.themes.learning.accuracy import Accuracy, ThemeAccuracy, read_accuracy
from loopwell.themes.learning.training import FEWEST_COMMENTS
from loopwell.themes.operations.modelling import ask_for_training, stop_model, use_version
from loopwell.themes.queries.agreeing import agreement as agreement_of
from loopwell.themes.queries.examples import names
from loopwell.themes.queries.model import coded, codings_wanted, version, versions

WORK = ("themes.train", "themes.read_history")


@dataclass(frozen=True)
class Line:
    """One theme: of those people found, how many the model finds; of its own, how many hold."""

    name: str
    found: ThemeAccuracy
    recall: Estimate | None
    precision: Estimate | None


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    job = _job()
    watched = request.headers.get("HX-Target", "")
    if watched and watched != f"job-{job.ref if job else ''}":
        return HttpResponse(headers={"HX-Refresh": "true"})  # what was watched is done
    all_versions = versions()
    told = [(each, read_accuracy(each.accuracy)) for each in all_versions]
    used = next((pair for pair in told if pair[0].is_used), None)
    shown = used or (told[0] if told else None)
    too_few = shown[0].accuracy.get("too_few", {}) if shown else {}
    named = names([*(too_few or {}), *(each.theme for each in shown[1].themes)] if shown else [])
    context: dict[str, Any] = {
        "versions": told, "used": used, "shown": shown, "job": job,
        "lines": _lines(shown[1], named) if shown else [],
        "too_few": [(named.get(slug, slug), n, FEWEST - n) for slug, n in too_few.items()],
        "sentence": _sentence(shown[1]) if shown else "",
        "wanted": codings_wanted(), "coded": coded(), "needed": FEWEST_COMMENTS,
        "fewest": FEWEST,
    }  # fmt: skip
    return render(request, "console/coding/model.html", context)


@require_POST
@staff(Right.RUN_SURVEYS)
def train(request: StaffRequest) -> HttpResponse:
    ask_for_training(actor=request.actor, now=timezone.now())
    return redirect("coding:model")


@require_POST
@staff(Right.RUN_SURVEYS)
def use(request: StaffRequest, number: int) -> HttpResponse:
    return _done(request, lambda now: use_version(
        actor=request.actor, now=now, version=version(number)
    ), _("This version reads the comments now; all older ones are being read again."))  # fmt: skip


@require_POST
@staff(Right.RUN_SURVEYS)
def stop(request: StaffRequest) -> HttpResponse:
    return _done(request, lambda now: stop_model(actor=request.actor, now=now), _(
        "The model reads no more; what it had found is being taken back. Nothing people found is "
        "touched."
    ))  # fmt: skip


def _done(request: StaffRequest, act: Any, told: str) -> HttpResponse:
    try:
        act(timezone.now())
    except ExpectedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("coding:model")


@staff(Right.RUN_SURVEYS)
def agreement(request: StaffRequest) -> HttpResponse:
    found = agreement_of(request.actor)
    slugs = {each.label for each in found.themes}
    named = names(slugs)
    context = {
        "found": found,
        "sentence": _agreed(found.alpha, found.same, found.comments) if found.comments else "",
        "lines": [(named.get(each.label, each.label), each) for each in found.themes],
        "differing": [
            (each, *(
                sorted(named.get(slug, slug) for slug in slugs)
                for slugs in (each.both, each.only_first, each.only_second)
            ))
            for each in found.differing
        ],
    }  # fmt: skip
    return render(request, "console/coding/agreement.html", context)


def _job() -> Any:
    """The work under way, or what failed in the last hour."""
    found = latest(WORK, timezone.now() - timedelta(hours=1))
    return None if found is None or found.finished_at else found


def _lines(accuracy: Accuracy, named: dict[str, str]) -> list[Line]:
    found = sorted(accuracy.themes, key=lambda each: (-each.coded, each.theme))
    return [
        Line(
            named.get(each.theme, each.theme),
            each,
            wilson(each.hits, each.coded) if each.coded else None,
            wilson(each.hits, each.said) if each.said else None,
        )
        for each in found
    ]


def _sentence(accuracy: Accuracy) -> str:
    hits = sum(each.hits for each in accuracy.themes)
    coded_all = sum(each.coded for each in accuracy.themes)
    said = sum(each.said for each in accuracy.themes)
    told = _(
        "Of 10 themes that people find the model finds %(found)s, and of 10 that it names "
        "%(right)s are what people find too."
    ) % {"found": _tenths(hits, coded_all), "right": _tenths(hits, said)}
    comments = ngettext("%(n)s comment", "%(n)s comments", accuracy.comments) % {
        "n": grouped(accuracy.comments)
    }
    measured = _("Measured on %(comments)s that it had not seen.") % {"comments": comments}
    return f"{told} {measured}"


def _tenths(part: int, whole: int) -> str:
    return f"{10 * part / whole:.0f}" if whole else "–"


_GOOD, _FAIR = 0.8, 0.667
"""Krippendorff's own marks: 0.8 for firm conclusions, 0.667 for tentative ones."""


def _agreed(alpha: float | None, same: int, comments: int) -> str:
    told = ngettext(
        "Two people found the same in %(same)s of %(n)s comment.",
        "Two people found the same in %(same)s of %(n)s comments.",
        comments,
    ) % {"same": same, "n": comments}
    if alpha is None:
        return told
    if alpha >= _GOOD:
        judged = _("That is firm ground to learn from.")
    elif alpha >= _FAIR:
        judged = _("That is fair; talk about where they differ.")
    else:
        judged = _(
            "That is too little: no model can be better than people agree. Talk about where they "
            "differ, and say in the themes’ definitions what belongs where."
        )
    return f"{told} {judged}"
