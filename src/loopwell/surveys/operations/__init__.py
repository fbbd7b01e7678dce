"""What can be done with surveys, their words and their questions?"""

from loopwell.surveys.operations.drafts import AlreadyPublished
from loopwell.surveys.operations.making import (
    TextsMissing,
    archive_survey,
    create_survey,
    publish_version,
    restore_survey,
    save_draft,
    set_languages,
)
from loopwell.surveys.operations.questions import (
    FIXED_KEYS,
    QuestionsWrong,
    Words,
    add_question,
    change_question,
    move_question,
    remove_question,
    save_questions,
    worded,
)

__all__ = [
    "FIXED_KEYS",
    "AlreadyPublished",
    "QuestionsWrong",
    "TextsMissing",
    "Words",
    "add_question",
    "archive_survey",
    "change_question",
    "create_survey",
    "move_question",
    "publish_version",
    "remove_question",
    "restore_survey",
    "save_draft",
    "save_questions",
    "set_languages",
    "worded",
]
