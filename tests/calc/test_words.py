"""Do the words that separate the sides come out, in several languages, without noise?"""

import csv
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.calc.stopwords import STOPWORDS, stopwords_for
from loopwell.calc.tokens import tokens_of
from loopwell.calc.words import examples_for, log_odds_z, separating_terms
from tests.shared_data import shared_data


def names(terms, side):
    return [term.term for term in terms if term.side == side]


@pytest.mark.parametrize(
    ("bad", "good", "worst", "best"),
    [
        ("The queue was long and the till was closed", "The staff were friendly and kind",
         {"queue", "till", "long", "closed"}, {"staff", "friendly", "kind"}),
        ("В магазине очередь, и касса не работает", "Вежливый персонал и хороший выбор",
         {"магазине очередь", "касса", "не работает"}, {"вежливый персонал", "хороший выбор"}),
        ("Черга довга, бо каса зачинена", "Привітний персонал у крамниці",
         {"черга довга", "каса зачинена"}, {"привітний персонал", "крамниці"}),
        ("Zła obsługa i długa kolejka", "Miła obsługa oraz świetny wybór",
         {"zła obsługa", "długa kolejka"}, {"miła obsługa", "świetny wybór"}),
        ("Trop d’attente à l’accueil", "Les conseils sont très clairs",
         {"trop", "attente", "accueil"}, {"conseils", "clairs"}),
        ("Die Schlange ist zu groß", "Das Personal ist freundlich",
         {"schlange", "groß"}, {"personal", "freundlich"}),
    ],
)  # fmt: skip
def test_each_language_without_its_stopwords(bad, good, worst, best):
    terms = separating_terms([bad] * 30, [good] * 30)

    assert set(names(terms, "detractor")) == worst
    assert set(names(terms, "promoter")) == best


def test_comments_are_counted_not_repetitions():
    bad = ["slow slow slow queue"] * 20 + ["fine"] * 20
    good = ["fine shop"] * 40

    found = {t.term: t for t in separating_terms(bad, good) if t.side == "detractor"}

    assert set(found) == {"slow slow", "slow queue"}
    assert {(t.detractors, t.promoters) for t in found.values()} == {(20, 0)}
    assert found["slow slow"].z == found["slow queue"].z < -3


def test_a_word_stays_where_it_says_more_than_its_phrase():
    bad = ["rude staff"] * 20 + ["rude people"] * 20
    terms = names(separating_terms(bad, ["lovely shop"] * 40), "detractor")

    assert terms == ["rude", "rude staff", "rude people"]


def test_phrases_do_not_cross_punctuation_or_comments():
    terms = separating_terms(["slow. Till", "till, slow"] * 20, ["nice"] * 40)

    assert {t.term for t in terms} == {"slow", "till", "nice"}


def test_same_sides_have_nothing_to_tell():
    texts = ["good service", "bad service", "slow till", "nice people"] * 25

    assert separating_terms(texts, texts) == []
    assert separating_terms([], texts) == []
    assert separating_terms(texts, []) == []
    assert separating_terms(["", "…"], ["!!!", ""]) == []


def test_rare_words_do_not_lead():
    """A word on one side only, but in 3 of 1,000 comments, is weaker than a common one."""
    bad = ["slow till"] * 300 + ["xylophone"] * 3 + ["shop"] * 697
    good = ["shop"] * 1_000

    found = names(separating_terms(bad, good), "detractor")

    assert found == ["slow till"]


def test_top_limits_each_side():
    bad = [f"word{letter} x" for letter in "abcdefgh" for _ in range(20)]
    good = [f"term{letter} y" for letter in "abcdefgh" for _ in range(20)]

    terms = separating_terms(bad, good, top=3)

    assert [t.side for t in terms] == ["detractor"] * 3 + ["promoter"] * 3


@given(st.data())
def test_swapping_the_sides_mirrors_the_terms(data):
    comment = st.lists(st.sampled_from(["slow", "till", "nice", "staff", "shop"]), max_size=6)
    side = st.lists(comment.map(" ".join), min_size=1, max_size=60)
    bad, good = data.draw(side), data.draw(side)

    there = {
        (t.term, t.detractors, t.promoters, round(t.z, 9)) for t in separating_terms(bad, good)
    }
    back = {
        (t.term, t.promoters, t.detractors, round(-t.z, 9)) for t in separating_terms(good, bad)
    }

    assert there == back


def test_log_odds_by_hand():
    """20 of 100 against 5 of 100; the prior adds 50 comments, 6.25 of them with the word."""
    (z,) = log_odds_z(np.array([20]), np.array([5]), 100, 100)

    odds = np.log(11.25 / 138.75) - np.log(26.25 / 123.75)
    assert z == pytest.approx(odds / np.sqrt(1 / 11.25 + 1 / 138.75 + 1 / 26.25 + 1 / 123.75))


def test_a_word_in_every_comment_has_no_side():
    assert log_odds_z(np.array([10]), np.array([10]), 10, 10).tolist() == [0.0]


def test_tokens():
    assert tokens_of("L’accueil n'est PAS Wi-Fi, it's déjà-vu 24 h") == [
        "l'", "accueil", "n'", "est", "pas", "wi-fi", ",", "it's", "déjà-vu", "h",
    ]  # fmt: skip
    assert tokens_of("cafe\u0301") == ["café"]


def test_stopwords_of_the_language_only():
    english = stopwords_for({"the": 100, "and": 80, "pour": 5, "die": 1})

    assert "the" in english
    assert "pour" not in english
    assert "die" not in english
    assert set(STOPWORDS) == {"en", "fr", "de", "pl", "ru", "uk"}


def test_examples_hold_the_term_as_words():
    texts = ["The tiller was slow.", "slow till", "Slow till!", "A slow. Till", "slow till", "till"]

    assert examples_for("slow till", texts, limit=5) == ["Slow till!", "slow till"]
    assert examples_for("till", texts, limit=1) == ["A slow. Till"]
    assert examples_for("accueil", ["Bon accueil", "L’accueil est froid"], limit=5) == [
        "L’accueil est froid",
        "Bon accueil",
    ]
    assert examples_for("", texts) == []
    assert examples_for("slow", texts, limit=0) == []


def test_botanic_comments():
    with shared_data("botanic/nps.csv").open(encoding="latin-1", newline="") as file:
        rows = [r for r in csv.DictReader(file) if "NA" not in (r["nps"], r["explication"])]
    bad = [r["explication"] for r in rows if int(r["nps"]) <= 6]
    good = [r["explication"] for r in rows if int(r["nps"]) >= 9]

    terms = separating_terms(bad, good)

    assert names(terms, "detractor")[:3] == ["prix", "trop", "cher"]
    assert names(terms, "promoter")[:2] == ["personnel", "merci"]
    assert all("trop cher" in text.lower() for text in examples_for("trop cher", bad))


@pytest.mark.slow
def test_a_hundred_thousand_comments_take_seconds():
    rng = np.random.default_rng(0)
    vocabulary = np.array([f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nrstvwxz"])
    texts = [" ".join(vocabulary[row]) for row in rng.integers(0, 280, (100_000, 40))]

    started = time.perf_counter()
    separating_terms(texts[:50_000], texts[50_000:])

    assert time.perf_counter() - started < 20
