"""Which texts of a survey are missing in which language, and is a translated file fully good?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from loopwell.surveys.models import Version
from loopwell.surveys.questions import questions_of
from loopwell.surveys.rules import Completeness, completeness, faults, languages_of, texts_of

_NAME = re.compile(r"\{([^{}|]+)")


@dataclass(frozen=True)
class Entry:
    """One text as a translator gets it; `row` is where it stands in a file."""

    key: str
    what: str
    source: str
    target: str
    row: int = 0


@dataclass(frozen=True)
class Translation:
    """What a file holds: texts of one language beside those of another."""

    source: str
    target: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Problem:
    """What must be mended in a file, and in which row (0: the file as a whole)."""

    row: int
    key: str
    message: str


@dataclass(frozen=True)
class Change:
    """One text that a file would change."""

    key: str
    what: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Checked:
    """What would change; only a file without problems changes anything."""

    language: str
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Row:
    """One text of the overview: for each language what is wrong with it, "" where it is right,
    and None where an optional text was left out."""

    what: str | Promise
    source: str
    cells: tuple[str | None, ...]


@dataclass(frozen=True)
class Overview:
    languages: tuple[tuple[str, Completeness, int], ...]
    rows: tuple[Row, ...]


def overview(version: Version) -> Overview:
    """Texts against languages; per language how many are done, and their per cent."""
    questions, codes = questions_of(version), languages_of(version)
    own = {code: version.texts.get(code, {}) for code in codes}
    wrong = {code: faults(own[code], questions) for code in codes}
    done = {code: completeness(own[code], questions) for code in codes}

    def cell(code: str, key: str) -> str | None:
        if messages := wrong[code].get(key):
            return messages[0] if own[code].get(key, "").strip() else _("missing")
        return "" if own[code].get(key, "").strip() else None

    rows = tuple(
        Row(text.label, own[codes[0]].get(text.key, ""), tuple(cell(c, text.key) for c in codes))
        for text in texts_of(questions)
    )
    shares = tuple((c, done[c], 100 * done[c].done // max(done[c].needed, 1)) for c in codes)
    return Overview(shares, rows)


def translation_of(version: Version, target: str) -> Translation:
    """All texts of a version, its default language as the source."""
    source = version.default_language
    before, after = version.texts.get(source, {}), version.texts.get(target, {})
    entries = tuple(
        Entry(text.key, str(text.label), before.get(text.key, ""), after.get(text.key, ""))
        for text in texts_of(questions_of(version))
    )
    return Translation(source, target, entries)


def checked(version: Version, given: Translation) -> Checked:
    """Compares a file with the version; cells left empty change nothing."""
    if given.target not in dict(settings.LANGUAGES):
        message = _("We do not know the language “%(code)s”.") % {"code": given.target}
        return Checked(given.target, problems=(Problem(0, "", message),))
    questions = questions_of(version)
    known = {text.key: text for text in texts_of(questions)}
    now = version.texts.get(given.target, {})
    problems = [*_key_problems(given.entries, known)]
    new = [
        entry
        for entry in given.entries
        if entry.key in known and entry.target and entry.target != now.get(entry.key, "")
    ]
    wrong = faults({**now, **{each.key: each.target for each in new}}, questions)
    source = version.texts.get(version.default_language, {})
    for entry in new:
        problems += _problems(entry, source.get(entry.key, ""), now.get(entry.key, ""), wrong)
    changes = (Change(e.key, known[e.key].label, now.get(e.key, ""), e.target) for e in new)
    return Checked(given.target, tuple(changes), tuple(sorted(problems, key=lambda each: each.row)))


def _key_problems(entries: Sequence[Entry], known: Mapping[str, object]) -> list[Problem]:
    found, rows = [], dict[str, int]()
    for entry in entries:
        if entry.key not in known:
            message = _("There is no text “%(key)s” in this survey.") % {"key": entry.key[:60]}
            found.append(Problem(entry.row, entry.key, message))
        elif entry.key in rows:
            message = _("“%(key)s” stands in row %(row)d already.")
            message %= {"key": entry.key, "row": rows[entry.key]}
            found.append(Problem(entry.row, entry.key, message))
        rows.setdefault(entry.key, entry.row)
    return found


def _problems(
    entry: Entry, source: str, before: str, wrong: Mapping[str, Sequence[str]]
) -> list[Problem]:
    messages = list(wrong.get(entry.key, ()))
    if entry.source and entry.source != source:
        messages.append(_("The source text is another one now. Export the file again."))
    # A language that never named it (Polish without the customer's name) may go on so.
    lost = _named(source) - _named(entry.target) - (_named(source) - _named(before or source))
    if lost:
        names = ", ".join(f"{{{name}}}" for name in sorted(lost))
        messages.append(_("The translation lacks %(names)s.") % {"names": names})
    return [Problem(entry.row, entry.key, message) for message in messages]


def _named(text: str) -> set[str]:
    return set(_NAME.findall(text))
