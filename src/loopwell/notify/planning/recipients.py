"""Whom does an entry of the journal want told?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from loopwell.access.models import User
from loopwell.access.queries import names_by_label
from loopwell.journal.rules import Record
from loopwell.notify.kinds import KINDS
from loopwell.notify.planning.naming import titles_of


@dataclass(frozen=True)
class Wanted:
    """One person to be told one thing; `key` says which, the same for all who are told it."""

    user_id: int
    kind: str
    key: str
    subject: str
    subject_id: int
    case_id: int | None = None
    response_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def wanted_from(records: Sequence[Record]) -> Iterator[Wanted]:
    """Whoever did it themselves need not be told."""
    telling = [(record, people) for record in records if (people := _people(record))]
    labels = {record.actor for record, _people_told in telling}
    refs = {label.partition(":")[2] for label in labels if label.startswith("user:")}
    actors = dict(User.objects.filter(ref__in=refs).values_list("ref", "pk"))
    names, titles = names_by_label(labels), titles_of([record for record, _told in telling])
    for record, people in telling:
        did_it = actors.get(record.actor.partition(":")[2])
        for user_id in people:
            if user_id != did_it:
                wanted = _wanted(record, user_id, names.get(record.actor, ""))
                title = titles.get((record.subject, record.subject_id))
                if title and "title" not in wanted.facts:
                    wanted.facts["title"] = title
                yield wanted


def _people(record: Record) -> list[int]:
    """In order, each once. A payload that names people in another way than by id is refused."""
    told = list(record.payload.get("tell") or ())
    kind = KINDS.get(record.type)
    if kind is not None and kind.to_owner and record.payload.get("owner") is not None:
        told.append(record.payload["owner"])
    return list(dict.fromkeys(int(each) for each in told))


def _wanted(record: Record, user_id: int, who: str) -> Wanted:
    facts = {name: value for name, value in record.payload.items() if name != "tell"}
    return Wanted(
        user_id=user_id,
        kind=record.type,
        key=f"{record.type}:{record.id}",
        subject=record.subject,
        subject_id=record.subject_id,
        case_id=_subject(record, "case"),
        response_id=_subject(record, "response"),
        facts={**facts, "who": who},
    )


def _subject(record: Record, what: str) -> int | None:
    if record.subject == what:
        return record.subject_id
    found = record.payload.get(what)
    return found if isinstance(found, int) else None
