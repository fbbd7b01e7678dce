"""The taxonomy in and out, and what was found in answers."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain, wrong
from loopwell.api.v1.types import ErrorOut, Moment, Text
from loopwell.responses.queries import answer_by_ref
from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.operations import (
    Words,
    add_theme,
    describe_theme,
    merge_theme,
    move_theme,
    restore_theme,
    retire_theme,
)
from loopwell.themes.queries import theme_by_slug
from loopwell.themes.queries.found import found_in
from loopwell.themes.queries.taxonomy import hanging, lines

router = Router(tags=["Themes"])
mentions = Router(tags=["Themes"])
SET = (Right.READ_ANSWERS, Right.RUN_SURVEYS)
Slug = Annotated[Text, Field(max_length=60)]
Texts = Annotated[
    dict[Annotated[str, Field(max_length=10)], Annotated[Text, Field(max_length=2000)]],
    Field(max_length=20, description="By language: en, ru, uk, pl."),
]


class ThemeOut(Schema):
    slug: str
    names: dict[str, str]
    kind: ThemeKind
    under: str | None = Field(description="Slug of the theme above it.")
    definition: dict[str, str]
    owner_function: dict[str, str] = Field(description="Who can mend it.")
    retired_at: Moment | None
    merged_into: str | None = Field(description="Slug of the theme that it became.")

    @staticmethod
    def resolve_under(theme: Any) -> str | None:
        return theme.parent.slug if theme.parent else None

    @staticmethod
    def resolve_merged_into(theme: Any) -> str | None:
        return theme.merged_into.slug if theme.merged_into else None


class ThemesOut(Schema):
    items: list[ThemeOut] = Field(description="In the order of the tree.")


class ThemesQuery(Schema):
    retired: bool = Field(False, description="true: only those that are retired.")


class ThemeIn(Schema):
    names: Texts
    kind: ThemeKind
    under: Slug | None = None
    definition: Texts = {}
    owner_function: Texts = {}


class ThemeChange(Schema):
    """What is left out stays."""

    names: Texts | None = None
    kind: ThemeKind | None = None
    under: Slug | None = Field(None, description="Slug of another theme; empty is the top.")
    definition: Texts | None = None
    owner_function: Texts | None = None


class MergeIn(Schema):
    into: Annotated[Text, Field(min_length=1, max_length=60)]
    preview: bool = Field(False, description="true: only say what it would touch.")


class TouchedOut(Schema):
    """What of the past an act touches, or touched."""

    answers: int
    mentions: dict[str, int] = Field(description="By source.")
    rules: int
    done: bool


class MentionOut(Schema):
    theme: str
    source: MentionSource
    words: list[str] = Field(description="Of the comment, those that show it.")
    sure: int | None = Field(description="Percent; null where it is not told.")

    @staticmethod
    def resolve_theme(found: Any) -> str:
        return str(found.theme.slug)


class MentionsOut(Schema):
    items: list[MentionOut]


@router.get(
    "",
    response={200: ThemesOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List the taxonomy",
    operation_id="list_themes",
)
def index(request: HttpRequest, wanted: Query[ThemesQuery]) -> Any:
    caller(request)
    return {"items": [line.theme for line in lines(retired=wanted.retired)]}


@router.post(
    "",
    response={201: ThemeOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Add a theme",
    operation_id="add_theme",
)
def add(request: HttpRequest, body: ThemeIn) -> Any:
    actor = caller(request)
    made = add_theme(
        actor=actor, now=timezone.now(), kind=body.kind, parent=_other(body.under, "body.under"),
        words=Words(body.names, definition=body.definition, owner_function=body.owner_function),
    )  # fmt: skip
    return Status(201, made)


@router.get(
    "/{slug}",
    response={200: ThemeOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="One theme",
    operation_id="get_theme",
)
def one(request: HttpRequest, slug: str) -> Any:
    caller(request)
    return theme_by_slug(slug)


@router.patch(
    "/{slug}",
    response={200: ThemeOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Change or move a theme",
    operation_id="change_theme",
)
def change(request: HttpRequest, slug: str, body: ThemeChange) -> Any:
    """What was found stays with it."""
    actor, now, theme = caller(request), timezone.now(), theme_by_slug(slug)
    told = body.dict(exclude_unset=True)
    if "under" in told:
        theme = move_theme(
            actor=actor, now=now, theme=theme, under=_other(body.under, "body.under")
        )
    if told.keys() - {"under"}:
        theme = describe_theme(
            actor=actor, now=now, theme=theme, kind=body.kind or ThemeKind(theme.kind),
            words=Words(
                body.names if body.names is not None else theme.names,
                definition=(
                    body.definition if body.definition is not None else theme.definition
                ),
                examples=theme.examples, counter_examples=theme.counter_examples,
                owner_function=(
                    body.owner_function
                    if body.owner_function is not None
                    else theme.owner_function
                ),
            ),
        )  # fmt: skip
    return theme


@router.post(
    "/{slug}/merge",
    response={200: TouchedOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Merge a theme into another",
    operation_id="merge_theme",
)
def merge(request: HttpRequest, slug: str, body: MergeIn) -> Any:
    """All that was found under it counts for the other; with `preview` nothing is done."""
    actor, theme = caller(request), theme_by_slug(slug)
    into = _other(body.into, "body.into")
    touched = hanging(theme)
    if not body.preview:
        merge_theme(actor=actor, now=timezone.now(), theme=theme, into=into)
    return {"answers": touched.answers, "mentions": touched.mentions, "rules": touched.rules,
            "done": not body.preview}  # fmt: skip


@router.post(
    "/{slug}/retire",
    response={200: ThemeOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Retire a theme",
    operation_id="retire_theme",
)
def retire(request: HttpRequest, slug: str) -> Any:
    """No longer offered nor looked for; what was found stays."""
    return retire_theme(actor=caller(request), now=timezone.now(), theme=theme_by_slug(slug))


@router.post(
    "/{slug}/restore",
    response={200: ThemeOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Offer a retired theme again",
    operation_id="restore_theme",
)
def restore(request: HttpRequest, slug: str) -> Any:
    return restore_theme(actor=caller(request), now=timezone.now(), theme=theme_by_slug(slug))


@mentions.get(
    "/{ref}/themes",
    response={200: MentionsOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="What an answer is about",
    operation_id="list_themes_of_response",
)
def of_response(request: HttpRequest, ref: str) -> Any:
    """By source, kept apart: calls, people, rules, the model."""
    return {"items": found_in(answer_by_ref(caller(request), plain(ref)))}


def _other(slug: str | None, place: str) -> Any:
    """The theme meant; none for nothing."""
    if not slug:
        return None
    found = {line.theme.slug: line.theme for line in lines()}.get(slug)
    if found is None:
        raise wrong(place, _("There is no theme %(slug)s.") % {"slug": slug})
    return found
