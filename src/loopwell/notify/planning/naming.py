"""What is the thing called that people are told of?"""

from collections.abc import Sequence

from loopwell.journal.rules import Record
from loopwell.stories.models import Notice, Story


def titles_of(records: Sequence[Record]) -> dict[tuple[str, int], str]:
    """By subject and id, of those that have a title; one query for each kind that occurs."""
    notices, stories = _ids(records, "notice"), _ids(records, "story")
    found: dict[tuple[str, int], str] = {}
    if notices:
        rows = Notice.objects.filter(pk__in=notices).values_list("pk", "title")
        found |= {("notice", pk): title for pk, title in rows}
    if stories:
        told = Story.objects.filter(pk__in=stories).values_list("pk", "title")
        found |= {("story", pk): title for pk, title in told}
    return found


def _ids(records: Sequence[Record], subject: str) -> set[int]:
    return {record.subject_id for record in records if record.subject == subject}
