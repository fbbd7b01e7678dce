"""How is an answer kept that came through a link: counted, held, changed within a day?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from loopwell.access.rules import Actor, ActorKind
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.responses.anonymity import is_anonymous, stripped, to_the_hour
from loopwell.responses.changing import apply_change
from loopwell.responses.devices import seen_before
from loopwell.responses.enums import Doubt, Source
from loopwell.responses.models import HeldAnswer, Response
from loopwell.responses.reaching import identify
from loopwell.responses.rules import Answer, Effect, check
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking.opening import Opened

CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")
CHANGEABLE_FOR = timedelta(hours=24)
AT_ONCE = timedelta(minutes=5)


@dataclass(frozen=True)
class OpenAnswer:
    """What somebody said through a link so far; a held one looks the same to them."""

    ref: str
    link_ref: str
    score: int
    language: str = ""
    comment: str = ""
    contact_consent: bool | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


def record_open_response(
    *,
    link: Opened,
    answer: Answer,
    now: datetime,
    language: str = "",
    device: str = "",
    properties: Mapping[str, str] | None = None,
    is_test: bool = False,
    trapped: bool = False,
) -> OpenAnswer | None:
    """Stores the first score at once, as an answer or, when in doubt, as a held one.

    None when the link is closed. The address is the permission: anybody may answer. `device` is
    what tells one browser from another ("": unknown); it is kept for a day, as a digest.
    `trapped` says that a field was filled in which people do not see.
    """
    answer = check(answer)
    anonymous = is_anonymous(link.version.survey.kind) and not is_test
    if not link.is_open or (anonymous and trapped):
        return None  # nobody may see an anonymous answer to decide about it: none is held
    with transaction.atomic():
        doubt, detail = (None, "") if is_test or anonymous else _doubt(link, device, now, trapped)
        if doubt is not None:
            return _hold(link, answer, doubt, detail, language, dict(properties or {}), now)
        row = write_open_response(
            link=link,
            answer=answer,
            at=now,
            now=now,
            language=language,
            properties=properties,
            is_test=is_test,
        )
    return _said(row, link.ref)


def write_open_response(
    *,
    link: Opened,
    answer: Answer,
    at: datetime,
    now: datetime,
    language: str = "",
    properties: Mapping[str, str] | None = None,
    is_test: bool = False,
    actor: Actor = CUSTOMER,
) -> Response:
    """The counted answer, given `at`; also what accepting a held one does. In a transaction."""
    survey = link.version.survey
    anonymous = is_anonymous(survey.kind) and not is_test
    if anonymous:
        answer, at = stripped(answer, link.version), to_the_hour(at)
        now, properties = at, {}
    row = Response.objects.create(
        link_id=link.pk,
        survey=survey,
        version=link.version,
        kind=survey.kind,
        touchpoint=survey.touchpoint,
        unit_id=link.unit_id,
        employee_id=None if anonymous else link.employee_id,
        properties=dict(properties or {}),
        score=answer.score,
        comment=answer.comment or "",
        contact_consent=answer.contact_consent,
        answers=dict(answer.answers or {}),
        language=language,
        source=Source(link.kind.value),
        is_test=is_test,
        opens_case=not anonymous,
        answered_at=at,
        updated_at=now,
        created_at=now,
    )
    append(actor=actor, now=now, events=[Event("response.recorded", "response", row.pk)])
    return row


def _doubt(link: Opened, device: str, now: datetime, trapped: bool) -> tuple[Doubt | None, str]:
    """Why this may be no customer's answer, and the number that shows it."""
    if trapped:
        return Doubt.HONEYPOT, ""
    again = link.kind is not LinkKind.KIOSK and seen_before(link_id=link.pk, device=device, now=now)
    since = now - AT_ONCE
    lately = (
        Response.objects.filter(link_id=link.pk, answered_at__gt=since, is_test=False).count()
        + HeldAnswer.objects.filter(link_id=link.pk, at__gt=since, response=None).count()
    )
    if lately >= link.settings.believed(link.kind):
        return Doubt.BURST, str(lately + 1)
    return (Doubt.REPEATED, "") if again else (None, "")


def _hold(
    link: Opened,
    answer: Answer,
    doubt: Doubt,
    detail: str,
    language: str,
    properties: dict[str, str],
    now: datetime,
) -> OpenAnswer:
    row = HeldAnswer.objects.create(
        link_id=link.pk,
        unit_id=link.unit_id,
        given={
            "score": answer.score,
            "comment": answer.comment or "",
            "contact_consent": answer.contact_consent,
            "answers": dict(answer.answers or {}),
            "language": language,
            "properties": properties,
        },
        doubt=doubt,
        detail=detail,
        at=now,
    )
    return _held(row, link.ref)


def open_answer(*, link_ref: str, ref: str, now: datetime) -> OpenAnswer | None:
    """What was said under this address; None after a day, when it can no longer be changed."""
    since = now - CHANGEABLE_FOR
    row = Response.objects.filter(ref=ref, link__ref=link_ref, answered_at__gt=since).first()
    if row is not None:
        return _said(row, link_ref)
    held = HeldAnswer.objects.filter(ref=ref, link__ref=link_ref, at__gt=since).first()
    if held is None:
        return None
    return _said(held.response, link_ref) if held.response else _held(held, link_ref)


@transaction.atomic
def change_open_response(*, link_ref: str, ref: str, answer: Answer, now: datetime) -> Effect:
    """Adds to or changes what was said, keeping what it said before; refused after a day."""
    answer = check(answer)
    since = now - CHANGEABLE_FOR
    held = (
        HeldAnswer.objects.select_for_update(of=("self",))
        .filter(ref=ref, link__ref=link_ref, at__gt=since)
        .first()
    )
    if held is not None and held.response_id is None:
        return _change_held(held, answer)
    wanted = {"pk": held.response_id} if held else {"ref": ref, "link__ref": link_ref}
    row = (
        Response.objects.select_for_update(of=("self",))
        .filter(**wanted, answered_at__gt=since)
        .first()
    )
    if row is None:
        return Effect.REFUSED
    effect = apply_change(CUSTOMER, row, answer, now)
    identify(row, now)
    return effect


def _change_held(row: HeldAnswer, answer: Answer) -> Effect:
    """Somebody who has decided about it has seen it: what comes after is not taken."""
    if row.decided_at is not None:
        return Effect.SAME
    before = dict(row.given)
    row.given = {**before, "score": answer.score}
    if answer.comment is not None:
        row.given["comment"] = answer.comment
    if answer.contact_consent is not None:
        row.given["contact_consent"] = answer.contact_consent
    row.given["answers"] = {**before.get("answers", {}), **(answer.answers or {})}
    if row.given == before:
        return Effect.SAME
    row.save(update_fields=["given"])
    return Effect.CHANGED


def _said(row: Response, link_ref: str) -> OpenAnswer:
    return OpenAnswer(
        ref=row.ref,
        link_ref=link_ref,
        score=row.score,
        language=row.language,
        comment=row.comment,
        contact_consent=row.contact_consent,
        answers=row.answers,
    )


def _held(row: HeldAnswer, link_ref: str) -> OpenAnswer:
    given = row.given
    return OpenAnswer(
        ref=row.ref,
        link_ref=link_ref,
        score=given["score"],
        language=given.get("language", ""),
        comment=given.get("comment", ""),
        contact_consent=given.get("contact_consent"),
        answers=given.get("answers", {}),
    )
