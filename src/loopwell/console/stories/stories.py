"""Staff pages: stories to read, to propose and to decide on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases.queries import case_by_ref
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.stories.forms import DeclineForm, StoryForm
from loopwell.kit.errors import Conflict, Invalid, NotFound
from loopwell.responses.queries import answer_by_ref
from loopwell.stories import operations, queries
from loopwell.stories.enums import ReactionKind, StoryState

PER_PAGE = 12


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    page = Paginator(queries.published(actor), PER_PAGE).get_page(request.GET.get("page"))
    reactions = queries.reactions_to(actor, [story.pk for story in page])
    context = {
        "page": page,
        "stories": [(story, reactions[story.pk]) for story in page],
        "proposed": queries.proposed(actor),
        "now": timezone.now(),
    }
    return render(request, "console/stories/list.html", context)


@staff(Right.READ_ANSWERS)
def propose(request: StaffRequest) -> HttpResponse:
    """From a case or an answer, named in the address; the first text is made of what is known."""
    actor = request.actor
    given = request.POST if request.method == "POST" else request.GET
    case = case_by_ref(actor, given["case"]) if given.get("case") else None
    answer = answer_by_ref(actor, given["answer"]) if given.get("answer") and not case else None
    if case is None and answer is None:
        raise NotFound(_("Propose a story from a case or an answer."))
    response_id = case.response_id if case else answer.pk if answer else None
    known = queries.story_of(case_id=case.pk if case else None, response_id=response_id)
    if known is not None:
        messages.info(request, _("There is a story of this already."))
        return redirect("stories:story", known.ref)
    first = operations.suggested(actor=actor, case=case, response=answer)
    posted = request.POST if "title" in request.POST else None
    form = StoryForm(posted, initial={"text": first.text})
    if posted is not None and form.is_valid():
        try:
            story = operations.propose_story(
                actor=actor, now=timezone.now(), draft=form.draft(), case=case, response=answer
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Proposed. Whoever may publish it will be told."))
            return redirect("stories:story", story.ref)
    context = {"form": form, "case": case, "answer": answer}
    return render(
        request, "console/stories/propose.html", context, status=422 if form.errors else 200
    )


@staff(Right.READ_ANSWERS)
def story(request: StaffRequest, ref: str) -> HttpResponse:
    return _page(request, ref)


@require_POST
@staff(Right.READ_ANSWERS)
def act(request: StaffRequest, ref: str, verb: str) -> HttpResponse:
    """Publish, decline, withdraw or react; where it does not fit, the page says why."""
    found, actor, now = queries.story_by_ref(request.actor, ref), request.actor, timezone.now()
    if verb in ReactionKind.values:
        operations.react(actor=actor, now=now, story=found, kind=ReactionKind(verb))
        back = "stories:list" if request.POST.get("back") else "stories:story"
        return redirect(back, *(() if request.POST.get("back") else (ref,)))
    if verb == "publish":
        form = StoryForm(request.POST)
        if not form.is_valid():
            return _page(request, ref, form=form, status=422)
        return _try(request, ref, form, lambda: operations.publish_story(
            actor=actor, now=now, story=found, draft=form.draft()
        ), _("Published: everybody can read it now."))  # fmt: skip
    if verb == "decline":
        decline = DeclineForm(request.POST)
        if not decline.is_valid():
            return _page(request, ref, decline=decline, status=422)
        operations.decline_story(
            actor=actor, now=now, story=found, reason=decline.cleaned_data["reason"]
        )
        messages.success(request, _("Declined. Whoever proposed it is told why."))
        return redirect("stories:list")
    if verb == "withdraw":
        operations.withdraw_story(actor=actor, now=now, story=found)
        messages.success(request, _("Withdrawn: only those who decide see it now."))
        return redirect("stories:story", ref)
    raise NotFound(_("There is no such page."))


def _try(request: StaffRequest, ref: str, form: StoryForm, do: Any, done: str) -> HttpResponse:
    try:
        do()
    except Invalid as error:
        blame(form, error)
        return _page(request, ref, form=form, status=error.status)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("stories:story", ref)


def _page(
    request: StaffRequest,
    ref: str,
    *,
    form: StoryForm | None = None,
    decline: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    found = queries.story_by_ref(actor, ref)
    may = queries.may_publish(actor, found)
    words = {name: getattr(found, name) for name in StoryForm.base_fields}
    context = {
        "story": found,
        "is_published": found.state == StoryState.PUBLISHED,
        "is_proposed": found.state == StoryState.PROPOSED,
        "reactions": queries.reactions_to(actor, [found.pk])[found.pk],
        "may_publish": may,
        "form": form or StoryForm(initial=words),
        "editing": form is not None or found.state == StoryState.PROPOSED,
        "decline": decline or DeclineForm(),
        "now": timezone.now(),
    }
    return render(request, "console/stories/story.html", context, status=status)
