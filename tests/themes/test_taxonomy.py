"""Does the taxonomy change without losing what was found, and is every step kept?"""

from decimal import Decimal

import pytest

from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.themes.enums import Act, MentionSource, ThemeKind
from loopwell.themes.models import Mention, TaxonomyChange, Theme
from loopwell.themes.operations import (
    Part,
    Words,
    add_theme,
    describe_theme,
    merge_theme,
    move_theme,
    restore_theme,
    retire_theme,
    split_theme,
)
from loopwell.themes.queries import root_causes
from loopwell.themes.queries.taxonomy import lines, where
from loopwell.themes.rules.taxonomy import below, places
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


def make(company: Company, name: str, parent: Theme | None = None, **facts: object) -> Theme:
    kind = ThemeKind(facts.get("kind", "defect"))
    words = Words({"en": name})
    return add_theme(actor=company.actor("alice"), now=NOW, words=words, kind=kind, parent=parent)


def mention(theme: Theme, comment: str, weight: int = 100, source: str = "coder") -> Mention:
    answer = factories.response(score=2, comment=comment)
    return Mention.objects.create(
        response=answer, theme=theme, source=MentionSource(source), weight=Decimal(weight), at=NOW
    )


def test_three_levels_and_no_circle(company: Company) -> None:
    alice = company.actor("alice")
    top = make(company, "Waiting")
    middle = make(company, "On the phone", top)
    low = make(company, "Music", middle)
    with pytest.raises(Invalid, match="level 4"):
        make(company, "Too deep", low)
    with pytest.raises(Invalid, match="circle"):
        move_theme(actor=alice, now=NOW, theme=top, under=low)
    other = make(company, "Delivery")
    with pytest.raises(Invalid, match="three at most"):
        move_theme(actor=alice, now=NOW, theme=top, under=other)
    assert where()["music"].above == ("waiting", "on-the-phone")
    assert (where()["music"].top, where()["music"].second) == ("waiting", "on-the-phone")
    assert where()["waiting"].second == ""
    assert [(line.theme.slug, line.level) for line in lines()][-5:] == [
        ("waiting", 1), ("on-the-phone", 2), ("music", 3), ("delivery", 1), ("other", 1)
    ]  # fmt: skip


def test_only_who_runs_surveys_and_only_once(company: Company) -> None:
    with pytest.raises(Forbidden):
        add_theme(
            actor=company.actor("mark"), now=NOW, words=Words({"en": "X"}), kind=ThemeKind.DEFECT
        )
    make(company, "Parking")
    with pytest.raises(Conflict, match="already"):
        make(company, "Parking")
    with pytest.raises(Invalid):
        make(company, "  ")
    assert make(company, "History").slug == "history-theme", "an address of a page"


def test_words_change_and_what_was_found_stays(company: Company) -> None:
    alice, theme = company.actor("alice"), make(company, "Parking", kind="absence")
    found = mention(theme, "No place to park.")
    words = Words(
        {"en": "No parking", "pl": "Brak parkingu"},
        examples={"en": ["Drove round for an hour", " "]},
    )
    describe_theme(actor=alice, now=NOW, theme=theme, words=words, kind=ThemeKind.DEFECT)
    theme.refresh_from_db()
    assert (theme.names["pl"], theme.kind) == ("Brak parkingu", "defect")
    assert theme.examples == {"en": ["Drove round for an hour"]}
    assert found.theme_id == theme.pk
    change = TaxonomyChange.objects.first()
    assert change is not None
    assert (change.act, change.details) == (Act.RENAMED, {"before": {"en": "Parking"}})
    assert {"No parking"} <= {each["names"]["en"] for each in change.themes}


def test_merging_adds_weights_where_one_source_named_both(company: Company) -> None:
    alice = company.actor("alice")
    one, two = make(company, "Slow"), make(company, "Late")
    both = mention(one, "slow and late", 40)
    Mention.objects.create(
        response=both.response, theme=two, source=both.source, weight=Decimal(60), at=NOW
    )
    mention(one, "slow")
    one.rules.create(patterns="slow", is_on=True)

    assert merge_theme(actor=alice, now=NOW, theme=one, into=two) == 2

    assert sorted(two.mentions.values_list("weight", flat=True)) == [100, 100]
    assert (one.mentions.count(), two.rules.get().is_on) == (0, True)
    assert one not in root_causes()
    with pytest.raises(Conflict):
        restore_theme(actor=alice, now=NOW, theme=one)
    with pytest.raises(Conflict):
        merge_theme(actor=alice, now=NOW, theme=one, into=two)


def test_a_theme_with_themes_under_it_is_not_merged(company: Company) -> None:
    top, other = make(company, "Waiting"), make(company, "Other thing")
    make(company, "In the shop", top)
    with pytest.raises(Conflict, match="under it first"):
        merge_theme(actor=company.actor("alice"), now=NOW, theme=top, into=other)


def test_a_split_moves_what_shows_one_part_and_leaves_the_rest(company: Company) -> None:
    theme = make(company, "Waiting")
    phone = mention(theme, "I waited on the phone for an hour")
    shop = mention(theme, "Czekałem w kolejce, kolejka była długa")
    mention(theme, "phone, then the queue")
    mention(theme, "Nothing helped")
    parts = [
        Part(Words({"en": "On the phone"}), "phone\nhotline"),
        Part(Words({"en": "In the shop"}), "queue\nkolejk*"),
    ]
    with pytest.raises(Invalid, match="at least two"):
        split_theme(actor=company.actor("alice"), now=NOW, theme=theme, parts=parts[:1])

    made, found = split_theme(actor=company.actor("alice"), now=NOW, theme=theme, parts=parts)

    assert (found.both, found.none) == (1, 1)
    phone.refresh_from_db()
    shop.refresh_from_db()
    assert [phone.theme, shop.theme] == made
    assert theme.mentions.count() == 2
    assert [rule.is_on for each in made for rule in each.rules.all()] == [False, False]
    assert {each.parent for each in made} == {theme}


def test_what_is_retired_takes_those_under_it_along(company: Company) -> None:
    alice = company.actor("alice")
    top = make(company, "Waiting")
    part = make(company, "In the shop", top)
    found = mention(part, "queue")
    retire_theme(actor=alice, now=NOW, theme=top)
    part.refresh_from_db()
    assert part.retired_at is not None
    with pytest.raises(Conflict, match="above it is retired"):
        restore_theme(actor=alice, now=NOW, theme=part)
    restore_theme(actor=alice, now=NOW, theme=top)
    restore_theme(actor=alice, now=NOW, theme=Theme.objects.get(pk=part.pk))
    assert {line.theme.slug for line in lines()} >= {"waiting", "in-the-shop"}
    assert found.theme_id == part.pk


def test_circles_of_any_length_are_named() -> None:
    with pytest.raises(Invalid, match="a → b → c → a"):
        places({"a": "b", "b": "c", "c": "a"})
    with pytest.raises(Invalid, match="not in the taxonomy"):
        places({"a": "nowhere"})
    assert below("a", {"a": None, "b": "a", "c": "b", "d": None}) == {"a", "b", "c"}
