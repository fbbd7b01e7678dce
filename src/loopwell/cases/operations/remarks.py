"""How do colleagues write to each other in a case?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case, Remark
from loopwell.cases.operations.locking import tell
from loopwell.cases.operations.seeing import require_seen
from loopwell.cases.queries.talk import people_who_see
from loopwell.kit.errors import Invalid

LONGEST = 5000
AT = re.compile(r"(?<![\w.+-])@(\w[\w'’-]*)")


@dataclass(frozen=True)
class Remarked:
    """The note, whom it told, and which @names nobody who sees the case has."""

    remark: Remark
    told: Sequence[User]
    unknown: Sequence[str]


@transaction.atomic
def write_remark(
    *, actor: Actor, now: datetime, case: Case, text: str, mentions: Iterable[User] = ()
) -> Remarked:
    """A note for colleagues, by who works on cases and sees this one; no customer sees it.

    Those mentioned, in `mentions` or as "@Name" in the text, are told. Notes do not raise the
    case's version: they disturb nobody's work.
    """
    require(actor, Right.WORK_CASES)
    require_seen(actor, case)
    said = text.strip()
    if not said:
        _refuse("text", _("Write the note first."))
    if len(said) > LONGEST:
        _refuse("text", _("A note has at most 5,000 characters: put the rest into a file."))
    people = list(people_who_see(case))
    chosen = {user.pk for user in mentions}
    if strangers := chosen - {user.pk for user in people}:
        names = ", ".join(str(user) for user in User.objects.filter(pk__in=strangers))
        _refuse("mentions", _("%(names)s cannot see this case.") % {"names": names})
    named, unknown = mentioned(said, people)
    told = [user for user in people if user.pk in chosen or user in named]
    remark = Remark.objects.create(case=case, text=said, by_id=actor.user_id, at=now)
    remark.mentions.set(told)
    others = [user.pk for user in told if user.pk != actor.user_id]
    tell(
        actor=actor,
        now=now,
        case=case,
        what="mentioned" if others else "remarked",
        remark=remark.pk,
        **({"tell": others} if others else {}),
    )
    return Remarked(remark=remark, told=told, unknown=unknown)


def mentioned(text: str, people: Sequence[User]) -> tuple[set[User], list[str]]:
    """Who is named after an @, by the whole name or an unmistakable first one, and who is not
    known."""
    found: set[User] = set()
    unknown: list[str] = []
    for match in AT.finditer(text):
        rest = text[match.start() + 1 :].casefold()
        whole = [user for user in people if str(user) and rest.startswith(str(user).casefold())]
        word = match[1].casefold()
        first = [user for user in people if str(user).casefold().split(" ")[0] == word]
        if whole:
            found.add(max(whole, key=lambda user: len(str(user))))
        elif len(first) == 1:
            found.add(first[0])
        else:
            unknown.append(match[1])
    return found, unknown


def _refuse(field: str, message: str) -> None:
    raise Invalid(message, fields={field: [message]})
