"""Staff pages: new procedures and rules, with the problem that caused them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right, Role
from loopwell.access.queries import units_within
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.stories.forms import NoticeForm
from loopwell.kit.errors import Invalid, NotFound
from loopwell.stories import operations, queries
from loopwell.themes.queries import root_causes


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    unread = {notice.pk for notice in queries.unread(actor)}
    context = {
        "notices": [(notice, notice.pk in unread) for notice in queries.notices(actor)],
        "retired": list(queries.notices(actor, retired=True)[:50]),
        "may_publish": actor.may(Right.PUBLISH),
        "now": timezone.now(),
    }
    return render(request, "console/stories/notices.html", context)


@staff(Right.READ_ANSWERS)
def notice(request: StaffRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = queries.notice_by_ref(actor, ref)
    leads = actor.within(Right.PUBLISH).covers(found.unit.path)
    context = {
        "notice": found,
        "roles": [Role(role).label for role in found.roles if role in Role.values],
        "is_unread": any(each.pk == found.pk for each in queries.unread(actor)),
        "may_publish": leads,
        "readings": queries.readings(found) if leads else [],
        "now": timezone.now(),
    }
    return render(request, "console/stories/notice.html", context)


@staff(Right.PUBLISH)
def edit(request: StaffRequest, ref: str = "") -> HttpResponse:
    actor = request.actor
    found = queries.notice_by_ref(actor, ref) if ref else None
    units = {unit.ref: unit for unit in units_within(actor.within(Right.PUBLISH)).order_by("path")}
    themes = {theme.slug: theme for theme in root_causes()}
    initial = {
        "title": found.title,
        "text": found.text,
        "theme": found.theme.slug if found.theme else "",
        "unit": found.unit.ref,
        "roles": found.roles,
    } if found else {}  # fmt: skip
    form = NoticeForm(
        request.POST or None,
        units=[(key, unit.name) for key, unit in units.items()],
        themes=[(key, str(theme)) for key, theme in themes.items()],
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        draft = operations.NoticeDraft(
            title=facts["title"],
            text=facts["text"],
            unit=units[facts["unit"]],
            theme=themes.get(facts["theme"]),
            roles=[Role(role) for role in facts["roles"]],
        )
        try:
            saved = operations.publish_notice(
                actor=actor, now=timezone.now(), draft=draft, notice=found
            )
        except Invalid as error:
            blame(form, error)
        else:
            told = _("Saved.") if found else _("Published: those it is for will be told.")
            messages.success(request, told)
            return redirect("stories:notice", saved.ref)
    context = {"form": form, "notice": found}
    return render(
        request, "console/stories/edit_notice.html", context, status=422 if form.errors else 200
    )


@require_POST
@staff(Right.READ_ANSWERS)
def act(request: StaffRequest, ref: str, verb: str) -> HttpResponse:
    found, now = queries.notice_by_ref(request.actor, ref), timezone.now()
    if verb == "read":
        operations.mark_read(actor=request.actor, now=now, notice=found)
        return redirect("stories:notices")
    if verb == "retire":
        operations.retire_notice(actor=request.actor, now=now, notice=found)
        messages.success(request, _("No longer shown as new; it stays below among the old ones."))
        return redirect("stories:notices")
    raise NotFound(_("There is no such page."))
