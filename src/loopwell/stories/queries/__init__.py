"""What is there to read, for whom?"""

from collections.abc import Sequence

from loopwell.stories.queries.messages import key_message_by_ref, key_messages
from loopwell.stories.queries.notices import Reading, notice_by_ref, notices, readings, unread
from loopwell.stories.queries.recognition import Candidate, candidates, honoured, recognition_by_ref
from loopwell.stories.queries.stories import (
    may_publish,
    newest_stories,
    proposed,
    published,
    reactions_to,
    story_by_ref,
    story_of,
)

__all__: Sequence[str] = [
    "Candidate",
    "Reading",
    "candidates",
    "honoured",
    "key_message_by_ref",
    "key_messages",
    "may_publish",
    "newest_stories",
    "notice_by_ref",
    "notices",
    "proposed",
    "published",
    "reactions_to",
    "readings",
    "recognition_by_ref",
    "story_by_ref",
    "story_of",
    "unread",
]
