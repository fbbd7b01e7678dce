"""Numbers, categories and moments read the same on every page."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from loopwell.calc.nps import Counts, Difference, interval
from loopwell.console.templatetags import drawings
from loopwell.console.templatetags import loopwell as tags

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def shown(text: str, **context: object) -> str:
    return Template("{% load loopwell %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "written"),
    [(41.6, "+42"), (-7.2, "−7"), (0.4, "0"), (-0.4, "0"), (2.5, "+3"), (-2.5, "−3"), (None, "–")],
)
def test_scores_carry_a_sign_and_a_true_minus(value: float | None, written: str) -> None:
    assert shown("{{ value|score }}", value=value) == written


def test_a_score_is_never_alone() -> None:
    found = shown("{% nps estimate %}", estimate=interval(Counts(40, 60, 100)))

    assert '<b class="nps-value">+30</b>' in found
    assert "±11 · 200 answers" in found
    assert "too few" not in found


def test_a_small_group_is_marked_as_too_little_to_judge() -> None:
    assert "too few to judge" in shown("{% nps e %}", e=interval(Counts(5, 2, 22)))
    assert "too few to judge" not in shown("{% nps e %}", e=interval(Counts(5, 2, 23)))
    assert "no answers yet" in shown("{% nps e %}", e=None)


def test_counts_follow_the_language() -> None:
    assert shown("{{ 1234567|count }}") == "1,234,567"
    with translation.override("pl"):
        assert shown("{{ 1234567|count }}") == "1\xa0234\xa0567"
    with translation.override("ru"):
        assert shown("{{ 0.073|percent }}") == "7,3\xa0%"


def test_a_share_says_of_what() -> None:
    assert shown("{% share 54 318 %}") == "17\xa0% (54 of 318)"
    assert shown("{% share 0 0 %}") == "– (0 of 0)"


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (Difference(6, 2, 10, 0.01), "up 6, a real change"),
        (Difference(-7, -12, -2, 0.01), "down 7, a real change"),
        (Difference(3, -2, 8, 0.3), "no real change"),
        (None, "nothing to compare with yet"),
    ],
)
def test_a_change_is_said_in_words(difference: Difference | None, words: str) -> None:
    assert shown("{% change d %}", d=difference) == words


@pytest.mark.parametrize(
    ("score", "category"),
    [(0, "detractor"), (6, "detractor"), (7, "passive"), (8, "passive"), (9, "promoter")],
)
def test_a_category_is_told_by_icon_and_word_not_by_colour_alone(score: int, category: str) -> None:
    found = shown("{% category_badge score %}", score=score)

    assert f"chip-{category}" in found
    assert "<svg" in found
    assert f"<b>{score}</b> {category}</span>" in found


def test_the_silent_are_not_shown_as_a_category() -> None:
    assert "silent" in shown("{% category_badge None %}")
    assert "detractor" not in shown("{% category_badge None %}{% score_chip None %}")


def test_a_distribution_bar_has_words_and_widths_that_fill_it() -> None:
    found = shown("{% distribution counts %}", counts=Counts(1, 1, 2))

    assert "2 (50\xa0%) promoters, 1 (25\xa0%) passives, 1 (25\xa0%) detractors" in found
    assert 'class="fill-promoter" x="50.00" y="0" width="50.00"' in found
    assert "style=" not in found


def test_moments_say_how_long() -> None:
    late = {"at": NOW - timedelta(days=2), "now": NOW}

    assert ">2\xa0days late</time>" in shown("{{ at|time_left:now }}", **late)
    assert ">2\xa0days ago</time>" in shown("{{ at|ago:now }}", **late)
    soon = {"at": NOW + timedelta(hours=3), "now": NOW}
    assert ">3\xa0hours left</time>" in shown("{{ at|time_left:now }}", **soon)
    assert shown("{{ at|ago:now }}", at=None, now=NOW) == "–"


class _Unit(SimpleNamespace):
    def __str__(self) -> str:
        return str(self.name)


def test_a_unit_is_shown_with_what_stands_above_it_but_the_company() -> None:
    company = _Unit(name="Acme", parent=None, parent_id=None)
    east = _Unit(name="East", parent=company, parent_id=1)
    shop = _Unit(name="Branch 12", parent=east, parent_id=2)

    assert tags.unit_path(shop) == "East › Branch 12"
    assert tags.unit_path(company) == "Acme"
    assert tags.unit_path(None) == "–"


def test_an_unknown_icon_says_where_to_add_it() -> None:
    with pytest.raises(KeyError, match=r"tools/icons\.txt"):
        drawings.icon("no-such-icon")


def test_icons_and_files_named_in_templates_exist() -> None:
    """A slip would otherwise show only when somebody opens that page."""
    console = Path(drawings.__file__).parent.parent
    texts = {p: p.read_text(encoding="utf-8") for p in console.glob("templates/**/*.html")}
    icons = {n for text in texts.values() for n in re.findall(r'{% icon "([^"]+)"', text)}
    files = {n for text in texts.values() for n in re.findall(r"{% static '([^']+)'", text)}

    assert sorted(icons - set(drawings._icons())) == []
    assert [name for name in sorted(files) if finders.find(name) is None] == []


def test_a_running_job_asks_again_and_a_finished_one_does_not() -> None:
    running = SimpleNamespace(
        ref="x1", done=2500, total=10000, attempts=1, note="", finished_at=None, failed_at=None
    )
    page, request = '{% include "console/_progress.html" %}', RequestFactory().get("/jobs/x1/")

    with translation.override("pl"):
        found = shown(page, job=running, request=request)
    running.finished_at = NOW
    done = shown(page, job=running, request=request)

    assert 'hx-get="/jobs/x1/" hx-trigger="every 1s"' in found
    assert 'value="2500" max="10000"' in found
    assert "hx-" not in done


class _Example(forms.Form):
    name = forms.CharField(help_text="As in the contract")
    day = forms.ChoiceField(choices=[("1", "Monday")], required=False)
    agreed = forms.BooleanField(required=False)
    way = forms.ChoiceField(choices=[("a", "Mail"), ("b", "Phone")], widget=forms.RadioSelect)


def test_a_form_names_every_field_and_says_what_is_wrong() -> None:
    found = shown('{% include "console/_form.html" %}', form=_Example({"way": "a"}))

    assert '<label class="form-label" for="id_name">' in found
    assert 'class="form-control is-invalid"' in found
    assert 'aria-invalid="true"' in found
    assert "This field is required." in found
    assert 'class="form-select"' in found
    assert found.count("<legend") == 1
    assert found.count("form-check-label") == 3
    assert found.count('class="optional"') == 1
