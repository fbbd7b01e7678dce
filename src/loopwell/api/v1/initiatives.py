"""Initiatives in and out: what is being changed, how far it is, and what came of it."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import Day, ErrorOut, Moment, PersonOut, Text, UnitOut
from loopwell.initiatives.enums import Kind, State
from loopwell.initiatives.operations.drafts import Hope, InitiativeDraft
from loopwell.initiatives.operations.moving import move_initiative
from loopwell.initiatives.operations.proposing import propose_initiative
from loopwell.initiatives.operations.rolling_out import roll_out
from loopwell.initiatives.operations.talking import write_comment
from loopwell.initiatives.queries.effects import measured
from loopwell.initiatives.queries.lists import dates_of
from loopwell.initiatives.queries.seeing import initiative_by_ref, visible_to
from loopwell.themes.queries.taxonomy import offered

router = Router(tags=["Initiatives"])
READ = (Right.READ_ANSWERS,)
WORK = (Right.READ_ANSWERS, Right.SET_TARGETS)
Number = Annotated[float, Field(allow_inf_nan=False)]
Place = Annotated[Text, Field(min_length=1, max_length=100)]


class InitiativeOut(Schema):
    ref: str
    version: int = Field(description="Give it back with a change: who comes second is told.")
    title: str
    kind: Kind
    state: State
    state_at: Moment
    themes: list[str] = Field(description="Slugs of the problems it is to mend.")
    units: list[UnitOut] = Field(description="None is the whole company.")
    hypothesis: str
    owner: PersonOut | None
    due_on: Day | None
    expected_nps: float | None = Field(description="Points.")
    expected_share: float | None = Field(
        description="Percentage points of answers that name the problem."
    )

    @staticmethod
    def resolve_themes(row: Any) -> list[str]:
        return [theme.slug for theme in row.themes.all()]

    @staticmethod
    def resolve_units(row: Any) -> list[Any]:
        return list(row.units.all())

    @staticmethod
    def resolve_expected_nps(row: Any) -> float | None:
        value: float | None = row.nps
        return value

    @staticmethod
    def resolve_expected_share(row: Any) -> float | None:
        value: float | None = row.share
        return value


class EffectOut(Schema):
    """One outcome against units that had not begun; null values where nothing can be said."""

    theme: str | None = Field(description="Null is NPS itself.")
    voice: str
    expected: float | None
    value: float | None
    low: float | None
    high: float | None
    verdict: str | None
    reason: str


class RollOutOut(Schema):
    unit: UnitOut
    on: Day


class WholeInitiativeOut(InitiativeOut):
    roll_outs: list[RollOutOut]
    effects: list[EffectOut]

    @staticmethod
    def resolve_roll_outs(row: Any) -> list[Any]:
        return list(dates_of([row])[row.pk].roll_outs)

    @staticmethod
    def resolve_effects(row: Any) -> list[dict[str, Any]]:
        return [_effect(each) for each in measured(row, timezone.localdate())]


class InitiativeQuery(Paging):
    state: State | None = None


class InitiativeIn(Schema):
    title: Annotated[Text, Field(min_length=1, max_length=150)]
    themes: Annotated[list[Place], Field(max_length=20)] = Field([], description="Slugs.")
    units: Annotated[list[Place], Field(max_length=200)] = Field(
        [], description="References or external ids; none is the whole company."
    )
    hypothesis: Annotated[Text, Field(max_length=5000)] = ""
    due_on: Day | None = None
    expected_nps: Number | None = Field(
        None, description="Points; with the two between which it will probably lie."
    )
    expected_nps_low: Number | None = None
    expected_nps_high: Number | None = None
    expected_share: Number | None = None


class StateIn(Schema):
    to: State
    version: int
    note: Annotated[Text, Field(max_length=2000)] = ""


class RollOutIn(Schema):
    unit: Place = Field(description="Reference or external id.")
    on: Day


class CommentIn(Schema):
    text: Annotated[Text, Field(min_length=1, max_length=5000)]


class CommentOut(Schema):
    text: str
    at: Moment


@router.get(
    "",
    response={200: Page[InitiativeOut], ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="List initiatives",
    operation_id="list_initiatives",
)
def index(request: HttpRequest, wanted: Query[InitiativeQuery]) -> Any:
    mine = visible_to(caller(request)).prefetch_related("themes", "units")
    rows = mine.filter(state=wanted.state) if wanted.state else mine
    return page_of(rows, wanted, among=mine)


@router.post(
    "",
    response={201: InitiativeOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Propose an initiative",
    operation_id="propose_initiative",
)
def add(request: HttpRequest, body: InitiativeIn) -> Any:
    """An idea; those who decide are told."""
    actor = caller(request)
    known = {theme.slug: theme for theme in offered()}
    for at, slug in enumerate(body.themes):
        if slug not in known:
            raise wrong(f"body.themes[{at}]", _("There is no such theme."))
    draft = InitiativeDraft(
        title=body.title,
        themes=[known[slug] for slug in body.themes],
        units=[_unit(actor, each, f"body.units[{at}]") for at, each in enumerate(body.units)],
        hypothesis=body.hypothesis,
        due_on=body.due_on,
        hope=Hope(
            body.expected_share, body.expected_nps, body.expected_nps_low, body.expected_nps_high
        ),
    )
    return Status(201, propose_initiative(actor=actor, now=timezone.now(), draft=draft))


@router.get(
    "/{ref}",
    response={200: WholeInitiativeOut, ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="One initiative with what came of it",
    operation_id="get_initiative",
)
def one(request: HttpRequest, ref: str) -> Any:
    return initiative_by_ref(caller(request), plain(ref))


@router.post(
    "/{ref}/state",
    response={200: InitiativeOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Approve, begin, end, stop or take up again",
    operation_id="move_initiative",
)
def move(request: HttpRequest, ref: str, body: StateIn) -> Any:
    actor = caller(request)
    return move_initiative(
        actor=actor, now=timezone.now(), initiative=initiative_by_ref(actor, plain(ref)),
        version=body.version, state=body.to, note=body.note,
    )  # fmt: skip


@router.put(
    "/{ref}/roll-outs",
    response={200: RollOutOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Say when it begins in a unit",
    operation_id="roll_out_initiative",
)
def begin(request: HttpRequest, ref: str, body: RollOutIn) -> Any:
    """Said again for the same unit it is another day."""
    actor = caller(request)
    row = initiative_by_ref(actor, plain(ref))
    unit = _unit(actor, body.unit, "body.unit")
    return roll_out(actor=actor, now=timezone.now(), initiative=row, unit=unit, on=body.on)


@router.post(
    "/{ref}/comments",
    response={201: CommentOut, ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="Write a comment",
    operation_id="comment_on_initiative",
)
def comment(request: HttpRequest, ref: str, body: CommentIn) -> Any:
    """Its owner and sponsor are told."""
    actor = caller(request)
    row = initiative_by_ref(actor, plain(ref))
    made = write_comment(actor=actor, now=timezone.now(), initiative=row, text=body.text)
    return Status(201, made)


def _unit(actor: Actor, told: str, place: str) -> Any:
    units = visible_units(actor)
    found = units.filter(ref=told).first() or units.filter(external_id=told).first()
    if found is None:
        raise wrong(place, _("There is no such unit."))
    return found


def _effect(each: Any) -> dict[str, Any]:
    found = each.found
    return {
        "theme": each.theme.slug if each.theme else None, "voice": each.voice,
        "expected": each.expected, "value": found.value if found else None,
        "low": found.low if found else None, "high": found.high if found else None,
        "verdict": each.verdict.value if each.verdict else None, "reason": each.reason,
    }  # fmt: skip
