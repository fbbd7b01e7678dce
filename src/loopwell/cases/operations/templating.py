"""How are ready words for letters written, changed and retired?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import LetterTemplate
from loopwell.cases.operations.letters import LONGEST
from loopwell.cases.rules.letters import FIELDS, unknown_fields
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid


@dataclass(frozen=True)
class TemplateChange:
    """All of a template that a person writes; `words` maps a language to subject and text."""

    name: str
    words: Mapping[str, tuple[str, str]]


@transaction.atomic
def save_template(
    *, actor: Actor, now: datetime, change: TemplateChange, template: LetterTemplate | None = None
) -> LetterTemplate:
    """Languages without words are left out. Raises Invalid with a field per language."""
    _may(actor)
    words = {
        code: {"subject": " ".join(subject.split()), "text": text.strip().replace("\r\n", "\n")}
        for code, (subject, text) in change.words.items()
        if subject.strip() or text.strip()
    }
    _check(change.name, words)
    last = LetterTemplate.objects.aggregate(last=Max("position"))["last"] or 0
    row = template or LetterTemplate(position=last + 1)
    row.name, row.words = change.name.strip()[:100], words
    row.save()
    _tell(actor, now, row, "changed" if template else "added")
    return row


@transaction.atomic
def retire_template(*, actor: Actor, now: datetime, template: LetterTemplate) -> None:
    """Nobody is offered it any more; letters written with it stay as they are."""
    _may(actor)
    template.retired_at = now
    template.save(update_fields=["retired_at"])
    _tell(actor, now, template, "retired")


@transaction.atomic
def restore_template(*, actor: Actor, now: datetime, template: LetterTemplate) -> None:
    _may(actor)
    template.retired_at = None
    template.save(update_fields=["retired_at"])
    _tell(actor, now, template, "restored")


def _may(actor: Actor) -> None:
    require(actor, Right.RUN_SURVEYS)
    if not actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(_("Only who runs surveys for the whole company changes these words."))


def _check(name: str, words: Mapping[str, Mapping[str, str]]) -> None:
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give it a name.")]
    for code, said in words.items():
        if not said["subject"] or len(said["subject"]) > 300:
            fields[f"subject_{code}"] = [_("Write what it is about, in at most 300 characters.")]
        if not said["text"] or len(said["text"]) > LONGEST:
            fields[f"text_{code}"] = [_("Write the letter, in at most 20,000 characters.")]
        if strange := unknown_fields(said["subject"] + said["text"]):
            known = ", ".join(f"{{{each}}}" for each in FIELDS)
            message = _("Nothing is known to put in for {%(name)s}. These work: %(known)s")
            fields.setdefault(f"text_{code}", []).append(
                message % {"name": strange[0], "known": known}
            )
    if not words:
        fields["text_en"] = [_("Write the letter in one language at least.")]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)


def _tell(actor: Actor, now: datetime, row: LetterTemplate, what: str) -> None:
    append(
        actor=actor,
        now=now,
        events=[Event(f"template.{what}", "template", row.pk)],
    )
