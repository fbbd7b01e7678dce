"""What can be done with panels, brands and the surveys that ask about them."""

from loopwell.benchmarks.operations.brands import rename_brand, say_we_are_not, say_who_we_are
from loopwell.benchmarks.operations.own_surveys import (
    SurveyDraft,
    declare_survey,
    follow_answers,
    withdraw_survey,
)
from loopwell.benchmarks.operations.panels import (
    PanelDraft,
    add_panel,
    change_panel,
    check_may_bring,
    remove_panel,
)
from loopwell.benchmarks.operations.rows import AnswerDraft, put_answers

__all__ = [
    "AnswerDraft",
    "PanelDraft",
    "SurveyDraft",
    "add_panel",
    "change_panel",
    "check_may_bring",
    "declare_survey",
    "follow_answers",
    "put_answers",
    "remove_panel",
    "rename_brand",
    "say_we_are_not",
    "say_who_we_are",
    "withdraw_survey",
]
