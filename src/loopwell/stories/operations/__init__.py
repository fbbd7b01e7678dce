"""What can be published, and who decides? Every change is one function and one entry."""

from collections.abc import Sequence

from loopwell.stories.operations.messages import retire_key_message, save_key_message
from loopwell.stories.operations.notices import (
    NoticeDraft,
    mark_read,
    publish_notice,
    retire_notice,
)
from loopwell.stories.operations.recognition import honour, take_back
from loopwell.stories.operations.stories import (
    StoryDraft,
    decline_story,
    propose_story,
    publish_story,
    react,
    suggested,
    withdraw_story,
)

__all__: Sequence[str] = [
    "NoticeDraft",
    "StoryDraft",
    "decline_story",
    "honour",
    "mark_read",
    "propose_story",
    "publish_notice",
    "publish_story",
    "react",
    "retire_key_message",
    "retire_notice",
    "save_key_message",
    "suggested",
    "take_back",
    "withdraw_story",
]
