"""Every word a person sees exists in every language, and what ships is what was translated."""

import gettext
import re
import string

import pytest
from babel.messages.pofile import read_po
from tools.messages import LANGUAGES, catalogue, missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_catalogue_is_the_written_one(language: str) -> None:
    with catalogue(language).open("rb") as source:
        written = read_po(source, locale=language)
    with catalogue(language).with_suffix(".mo").open("rb") as shipped:
        words = gettext.GNUTranslations(shipped)

    differing = [
        word.id
        for word in written
        if word.id
        and isinstance(word.id, str)
        and (words.pgettext(word.context, word.id) if word.context else words.gettext(word.id))
        != word.string
    ]

    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language: str) -> None:
    with catalogue(language).open("rb") as source:
        words = list(read_po(source, locale=language))

    broken = []
    for word in words:
        if not word.id:
            continue
        sources = word.id if isinstance(word.id, tuple) else (word.id,)
        targets = word.string if isinstance(word.string, tuple) else (word.string,)
        known = set().union(*(placeholders(text) for text in sources))
        broken += [(word.id, text) for text in targets if not placeholders(text) <= known]
        if len(targets) == 1 and placeholders(targets[0]) != known:
            broken.append((word.id, targets[0]))

    assert broken == []


def placeholders(text: str) -> set[str]:
    """The named places of a text: %(name)s, {name}; what follows a bar in {name|word} is words."""
    named = set(re.findall(r"%\((\w+)\)[sd]", text))
    try:
        fields = [name for _text, name, _spec, _conv in string.Formatter().parse(text) if name]
        named |= {name.partition("|")[0] for name in fields}
    except ValueError:
        named |= {"not a format"}
    return named
