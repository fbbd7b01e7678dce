"""What is different between the version that is live and the draft?"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.console.answers.choices import language_name
from loopwell.console.surveys.cards import label_of
from loopwell.surveys.questions import Question, questions_of
from loopwell.surveys.rules import texts_for


def changes_between(live: Any, draft: Any) -> list[str]:
    """In sentences: questions first, then the words of each language."""
    language = draft.default_language
    before, after = questions_of(live), questions_of(draft)
    found = _questions(before, texts_for(live, language), after, texts_for(draft, language))
    return [*found, *_words(live.texts, draft.texts)]


def _questions(
    before: Sequence[Question],
    said_before: dict[str, str],
    after: Sequence[Question],
    said: dict[str, str],
) -> list[str]:
    old = {each.key: each for each in before}
    new = {each.key: each for each in after}
    found = []
    for key, each in new.items():
        label = {"question": label_of(each, said)}
        if key not in old:
            found.append(_("New question: “%(question)s”") % label)
        elif old[key] != each:
            found.append(_("Asked differently: “%(question)s”") % label)
    for key, each in old.items():
        if key not in new:
            label = {"question": label_of(each, said_before)}
            found.append(_("No longer asked: “%(question)s”") % label)
    if [key for key in old if key in new] != [key for key in new if key in old]:
        found.append(_("The questions come in another order."))
    return found


def _words(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> list[str]:
    found = []
    for code in sorted({*before, *after}):
        name = {"language": language_name(code)}
        if code not in before:
            found.append(_("New language: %(language)s") % name)
        elif code not in after:
            found.append(_("Without the language: %(language)s") % name)
        else:
            old, new = before[code], after[code]
            count = sum(old.get(key, "") != new.get(key, "") for key in {*old, *new})
            if count:
                words = ngettext(
                    "%(language)s: %(count)d text changed",
                    "%(language)s: %(count)d texts changed",
                    count,
                )
                found.append(words % {**name, "count": count})
    return found
