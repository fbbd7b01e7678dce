"""Staff pages: what would moving, merging, splitting or retiring do to the past? Then do it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.taxonomy.forms import PartSet
from loopwell.kit.errors import ExpectedError, Invalid
from loopwell.themes import operations, queries
from loopwell.themes.queries.parting import parted
from loopwell.themes.queries.taxonomy import both_in, hanging, lines, with_below

TOP = "-"


@staff(Right.RUN_SURVEYS)
def move(request: StaffRequest, slug: str) -> HttpResponse:
    theme = queries.theme_by_slug(slug)
    wanted = request.POST.get("under", request.GET.get("under", ""))
    barred = with_below(slug)
    targets = [line for line in lines() if line.level < 3 and line.theme.slug not in barred]
    under = None if wanted in ("", TOP) else queries.theme_by_slug(wanted)
    problem, status = "", 200
    if request.method == "POST":
        try:
            operations.move_theme(actor=request.actor, now=timezone.now(), theme=theme, under=under)
        except ExpectedError as error:
            problem, status = str(error), error.status
        else:
            messages.success(request, _("Moved, in the numbers of the past too."))
            return redirect("taxonomy:theme", slug)
    context = {
        "topic": theme, "targets": targets, "wanted": wanted, "under": under, "top": TOP,
        "hanging": hanging(theme), "below": len(barred) - 1, "problem": problem,
    }  # fmt: skip
    return render(request, "console/taxonomy/move.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def merge(request: StaffRequest, slug: str) -> HttpResponse:
    theme = queries.theme_by_slug(slug)
    wanted = request.POST.get("into", request.GET.get("into", ""))
    into = queries.theme_by_slug(wanted) if wanted else None
    problem, status = "", 200
    if request.method == "POST" and into is not None:
        try:
            moved = operations.merge_theme(
                actor=request.actor, now=timezone.now(), theme=theme, into=into
            )
        except ExpectedError as error:
            problem, status = str(error), error.status
        else:
            told = ngettext(
                "Merged: %(n)d mention counts for “%(into)s” now.",
                "Merged: %(n)d mentions count for “%(into)s” now.", moved,
            )  # fmt: skip
            messages.success(request, told % {"n": moved, "into": into})
            return redirect("taxonomy:theme", into.slug)
    context = {
        "topic": theme, "into": into, "wanted": wanted, "problem": problem,
        "targets": [line for line in lines() if line.theme.pk != theme.pk],
        "hanging": hanging(theme), "both": both_in(theme, into) if into else 0,
    }  # fmt: skip
    return render(request, "console/taxonomy/merge.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def split(request: StaffRequest, slug: str) -> HttpResponse:
    """First what each part would get, then the split."""
    theme = queries.theme_by_slug(slug)
    forms = PartSet(request.POST or None, prefix="parts")
    context: dict[str, Any] = {"topic": theme, "forms": forms, "hanging": hanging(theme)}
    if request.method != "POST" or not forms.is_valid():
        return render(request, "console/taxonomy/split.html", context)
    told = [form.cleaned_data for form in forms if form.is_filled()]
    try:
        if "do" in request.POST:
            return _split(request, theme, told)
        if len(told) < 2 or not all(each["name"] and each["patterns"] for each in told):
            raise Invalid(_("Name at least two parts, each with words that show it."))
        found = parted(theme, [each["patterns"] for each in told])
    except ExpectedError as error:
        context["problem"] = str(error)
        return render(request, "console/taxonomy/split.html", context, status=error.status)
    counts = [len(each) for each in found.mentions]
    context["parts"] = list(zip((each["name"] for each in told), counts, strict=True))
    context["found"] = found
    return render(request, "console/taxonomy/split.html", context)


def _split(request: StaffRequest, theme: Any, told: list[dict[str, str]]) -> HttpResponse:
    parts = [
        operations.Part(operations.Words(names={"en": each["name"]}), each["patterns"])
        for each in told
    ]
    made, _found = operations.split_theme(
        actor=request.actor, now=timezone.now(), theme=theme, parts=parts
    )
    names = ", ".join(f"“{each}”" for each in made)
    messages.success(
        request,
        _("Split into %(parts)s. Their words are kept as rules, switched off: try them out.")
        % {"parts": names},
    )
    return redirect("taxonomy:theme", theme.slug)


@staff(Right.RUN_SURVEYS)
def retire(request: StaffRequest, slug: str) -> HttpResponse:
    theme = queries.theme_by_slug(slug)
    if request.method == "POST":
        operations.retire_theme(actor=request.actor, now=timezone.now(), theme=theme)
        messages.success(request, _("Retired. What was found stays in the numbers."))
        return redirect("taxonomy:theme", slug)
    context = {"topic": theme, "hanging": hanging(theme), "below": len(with_below(slug)) - 1}
    return render(request, "console/taxonomy/retire.html", context)
