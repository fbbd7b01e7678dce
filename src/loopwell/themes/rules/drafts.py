"""What does a taxonomy from a file hold, and is it sound?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.themes.enums import ThemeKind
from loopwell.themes.rules.taxonomy import places

MOST = 500
TEXTS = ("names", "definition", "owner_function")
LISTS = ("examples", "counter_examples", "words")


@dataclass(frozen=True)
class ThemeDraft:
    """A theme as a file tells it; `place` is its line or path, for messages."""

    slug: str
    parent: str | None
    kind: str
    place: str
    names: Mapping[str, str] = field(default_factory=dict)
    definition: Mapping[str, str] = field(default_factory=dict)
    owner_function: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    counter_examples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


def nested(told: Any, languages: Sequence[str]) -> list[ThemeDraft]:
    """From our JSON, in which themes stand inside themes; raises Invalid naming the place."""
    if not isinstance(told, dict) or not isinstance(told.get("themes"), list):
        raise Invalid(_("The file holds no list of “themes”."))
    found: list[ThemeDraft] = []

    def walk(themes: Sequence[Any], parent: str | None, at: str) -> None:
        for number, each in enumerate(themes, 1):
            place = f"{at}{number}"
            if not isinstance(each, dict):
                raise Invalid(_("%(place)s: this is no theme.") % {"place": place})
            slug = _slug(each.get("slug") or each.get("names", {}).get("en", ""), place)
            texts: dict[str, Any] = {name: _texts(each, name, place, languages) for name in TEXTS}
            lists: dict[str, Any] = {name: _lists(each, name, place, languages) for name in LISTS}
            kind = str(each.get("kind", ""))
            found.append(ThemeDraft(slug, parent, kind, place, **texts, **lists))
            walk(each.get("themes") or [], slug, f"{place}.")

    walk(told["themes"], None, "")
    return checked(found)


def flat(
    rows: Iterable[tuple[int, Mapping[str, str]]], languages: Sequence[str]
) -> list[ThemeDraft]:
    """From a table with a line a theme: name_en, name_pl …, parent (slug or English name), kind,
    definition_en …, examples_en … (separated by “|”)."""
    given = [(number, {k: v.strip() for k, v in row.items()}) for number, row in rows]
    by_name: dict[str, str] = {}
    drafts = []
    for number, row in given:
        place = _("line %(number)d") % {"number": number}
        name = row.get("name_en") or row.get("name") or ""
        slug = _slug(row.get("slug") or name, place)
        by_name[name.casefold()] = slug
        told: dict[str, Any] = {text: {c: row[k] for c in languages if row.get(k := f"{text}_{c}")}
                for text in ("definition", "owner_function")}  # fmt: skip
        names = {c: row[k] for c in languages if row.get(k := f"name_{c}")} or {"en": name}
        more: dict[str, Any] = {
            text: {c: row[k].split("|") for c in languages if row.get(k := f"{text}_{c}")}
            for text in LISTS
        }
        drafts.append((ThemeDraft(slug, None, row.get("kind", "").lower(), place, names,
                                  **told, **more), row.get("parent", "")))  # fmt: skip
    return checked([_under(draft, parent, by_name) for draft, parent in drafts])


def _under(draft: ThemeDraft, parent: str, by_name: Mapping[str, str]) -> ThemeDraft:
    told = {**draft.__dict__, "parent": None}
    if parent:
        told["parent"] = by_name.get(parent.casefold()) or slugify(parent)
    return ThemeDraft(**told)


def checked(drafts: Sequence[ThemeDraft]) -> list[ThemeDraft]:
    """Raises Invalid naming the first theme that cannot stand."""
    if not drafts:
        raise Invalid(_("The file holds no themes."))
    if len(drafts) > MOST:
        raise Invalid(_("The file holds %(n)d themes; %(most)d are the most anybody can use.")
                      % {"n": len(drafts), "most": MOST})  # fmt: skip
    seen: dict[str, str] = {}
    for each in drafts:
        if each.slug in seen:
            raise Invalid(_("%(place)s: “%(theme)s” stands at %(other)s already.")
                          % {"place": each.place, "theme": each.slug,
                             "other": seen[each.slug]})  # fmt: skip
        seen[each.slug] = each.place
        if each.kind not in ThemeKind.values:
            raise Invalid(_("%(place)s: “%(kind)s” is no kind. Use %(kinds)s.")
                          % {"place": each.place, "kind": each.kind,
                             "kinds": ", ".join(ThemeKind.values)})  # fmt: skip
        if not each.names.get("en"):
            raise Invalid(_("%(place)s: there is no English name.") % {"place": each.place})
    places({each.slug: each.parent for each in drafts})
    return list(drafts)


def _slug(told: object, place: str) -> str:
    made = slugify(str(told))[:60]
    if not made:
        raise Invalid(_("%(place)s: there is no English name.") % {"place": place})
    return made


def _texts(
    each: Mapping[str, Any], name: str, place: str, languages: Sequence[str]
) -> dict[str, str]:
    told = each.get(name) or {}
    if not isinstance(told, dict) or not all(isinstance(v, str) for v in told.values()):
        raise Invalid(_("%(place)s: “%(name)s” must hold a text by language.")
                      % {"place": place, "name": name})  # fmt: skip
    return {code: text for code, text in told.items() if code in languages}


def _lists(
    each: Mapping[str, Any], name: str, place: str, languages: Sequence[str]
) -> dict[str, list[str]]:
    told = each.get(name) or {}
    if not isinstance(told, dict) or not all(isinstance(v, list) for v in told.values()):
        raise Invalid(_("%(place)s: “%(name)s” must hold a list of texts by language.")
                      % {"place": place, "name": name})  # fmt: skip
    return {code: [str(v) for v in texts] for code, texts in told.items() if code in languages}
