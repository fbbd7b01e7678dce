"""Are the ready taxonomies whole, in four languages, and free of slips of the pen?"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loopwell.themes import enums

READY = Path(enums.__file__).parent / "ready"
LANGUAGES = {"en", "ru", "uk", "pl"}
TEXTS = ("names", "owner_function", "definition")
LISTS = ("examples", "counter_examples", "words")
FIELDS = {"slug", "kind", "themes", *TEXTS, *LISTS}
# Letters that a text of the language cannot hold: another alphabet or a neighbour's letters.
FOREIGN = {
    "en": re.compile("[а-яёіїєґąćęłńóśźż]", re.IGNORECASE),
    "ru": re.compile("[іїєґąćęłńóśźż]|[а-яё][a-z]|[a-z][а-яё]", re.IGNORECASE),
    "uk": re.compile("[ыэъёąćęłńóśźż]|[а-яіїєґ][a-z]|[a-z][а-яіїєґ]", re.IGNORECASE),
    "pl": re.compile("[а-яёіїєґ]", re.IGNORECASE),
}
Node = dict[str, Any]


def load(name: str) -> Node:
    taxonomy: Node = json.loads((READY / f"{name}.json").read_text(encoding="utf-8"))
    return taxonomy


def walk(themes: list[Node], depth: int = 1) -> Iterator[tuple[int, Node]]:
    for theme in themes:
        yield depth, theme
        yield from walk(theme["themes"], depth + 1)


NAMES = sorted(path.stem for path in READY.glob("*.json"))
TAXONOMIES = {name: load(name) for name in NAMES}
THEMES = {name: list(walk(taxonomy["themes"])) for name, taxonomy in TAXONOMIES.items()}
every_taxonomy = pytest.mark.parametrize("name", NAMES)


def leaves(name: str) -> list[Node]:
    return [theme for _, theme in THEMES[name] if not theme["themes"]]


def test_there_are_three() -> None:
    assert NAMES == ["b2b", "retail", "services"]


@every_taxonomy
def test_head_is_whole(name: str) -> None:
    taxonomy = TAXONOMIES[name]
    assert set(taxonomy) == {"slug", "names", "about", "themes"}
    assert taxonomy["slug"] == name
    for field in ("names", "about"):
        assert set(taxonomy[field]) == LANGUAGES
        assert all(text.strip() for text in taxonomy[field].values())


@every_taxonomy
def test_size_and_depth(name: str) -> None:
    assert 6 <= len(TAXONOMIES[name]["themes"]) <= 9
    assert 30 <= len(THEMES[name]) <= 45
    assert max(depth for depth, _ in THEMES[name]) <= 3


@every_taxonomy
def test_every_theme_has_every_field_in_every_language(name: str) -> None:
    for _, theme in THEMES[name]:
        assert set(theme) == FIELDS, theme["slug"]
        for field in (*TEXTS, *LISTS):
            assert set(theme[field]) == LANGUAGES, (theme["slug"], field)
        assert all(text.strip() for field in TEXTS for text in theme[field].values()), theme["slug"]


@every_taxonomy
def test_slugs_are_unique_and_plain(name: str) -> None:
    slugs = [theme["slug"] for _, theme in THEMES[name]]
    assert [slug for slug, count in Counter(slugs).items() if count > 1] == []
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9-]{2,60}", slug)] == []


def test_one_slug_means_one_thing_in_all_files() -> None:
    seen: dict[str, tuple[str, Node]] = {}
    for name in NAMES:
        for theme in leaves(name):
            meaning = (theme["kind"], theme["names"])
            assert seen.setdefault(theme["slug"], meaning) == meaning, theme["slug"]


@every_taxonomy
def test_names_are_short_and_differ(name: str) -> None:
    for language in LANGUAGES:
        names = [theme["names"][language] for _, theme in THEMES[name]]
        assert [text for text in names if len(text) > 40] == []
        assert [text for text, count in Counter(names).items() if count > 1] == []


@every_taxonomy
def test_kinds_are_known_and_branches_carry_the_commonest(name: str) -> None:
    known = set(enums.ThemeKind.values)
    for _, theme in THEMES[name]:
        assert theme["kind"] in known, theme["slug"]
        if theme["themes"]:
            kinds = Counter(child["kind"] for child in theme["themes"])
            assert kinds[theme["kind"]] == max(kinds.values()), theme["slug"]


@every_taxonomy
def test_problems_and_delights(name: str) -> None:
    kinds = Counter(theme["kind"] for theme in leaves(name))
    assert set(kinds) == set(enums.ThemeKind.values)
    assert 0.2 <= kinds["delight"] / kinds.total() <= 0.35


@every_taxonomy
def test_leaves_have_examples_counter_examples_and_words(name: str) -> None:
    for theme in leaves(name):
        for language in LANGUAGES:
            where = (theme["slug"], language)
            assert 3 <= len(theme["examples"][language]) <= 4, where
            assert 1 <= len(theme["counter_examples"][language]) <= 2, where
            assert 8 <= len(theme["words"][language]) <= 15, where


@every_taxonomy
def test_counter_examples_name_another_theme_and_agree_between_languages(name: str) -> None:
    slugs = {theme["slug"] for _, theme in THEMES[name]}
    for theme in leaves(name):
        named = {}
        for language, texts in theme["counter_examples"].items():
            ends = [re.search(r"\S \[([a-z0-9-]+)\]$", text) for text in texts]
            named[language] = [end[1] if end else None for end in ends]
        assert set(named["en"]) <= slugs - {theme["slug"]}, theme["slug"]
        assert all(found == named["en"] for found in named.values()), (theme["slug"], named)


@every_taxonomy
def test_words_are_lower_case_without_regular_expressions_or_repetition(name: str) -> None:
    for _, theme in THEMES[name]:
        for language, words in theme["words"].items():
            where = (theme["slug"], language)
            assert [word for word in words if not re.fullmatch(r"[\w’' -]+", word)] == [], where
            assert [word for word in words if word != word.strip().lower()] == [], where
            assert len(words) == len(set(words)), where


@every_taxonomy
def test_no_comment_stands_twice(name: str) -> None:
    for language in LANGUAGES:
        comments = Counter(
            text
            for _, theme in THEMES[name]
            for field in ("examples", "counter_examples")
            for text in theme[field][language]
        )
        assert [text for text, count in comments.items() if count > 1] == []


@every_taxonomy
def test_no_letters_of_another_language(name: str) -> None:
    for _, theme in THEMES[name]:
        for language, foreign in FOREIGN.items():
            counters = [re.sub(r" \[.+\]$", "", t) for t in theme["counter_examples"][language]]
            texts = [theme[field][language] for field in TEXTS] + counters
            texts += theme["examples"][language] + theme["words"][language]
            assert [text for text in texts if foreign.search(text)] == [], theme["slug"]
