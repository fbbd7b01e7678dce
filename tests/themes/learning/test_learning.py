"""The model that codes comments: what it learns, what it admits, and how it is kept."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loopwell.kit.errors import Invalid
from loopwell.themes.learning import FEWEST, Coder, Example, learn
from loopwell.themes.learning.accuracy import judged
from loopwell.themes.learning.choosing import most_useful
from loopwell.themes.learning.embedding import embed
from loopwell.themes.learning.keeping import load, save
from loopwell.themes.learning.language import language_of
from loopwell.themes.learning.topics import new_topics

SAID = {
    "waiting": [
        "I waited {n} minutes on the line", "waiting for {n} hours, nobody came",
        "Ждал на линии {n} минут", "прождали {n} часов и ушли",
        "Чекав на лінії {n} хвилин", "czekałam {n} minut na infolinii",
    ],
    "price": [
        "too expensive, {n} euro more than elsewhere", "the price rose by {n} percent",
        "слишком дорого, на {n} гривен больше", "цена выросла на {n} процентов",
        "занадто дорого, ціна зросла на {n}", "za drogo, cena wzrosła o {n} procent",
    ],
    "staff": [
        "friendly staff in shop {n}", "the consultant at desk {n} was very kind",
        "приветливые сотрудники в салоне {n}", "консультант номер {n} очень вежливый",
        "привітний персонал у салоні {n}", "bardzo miła obsługa w salonie {n}",
    ],
}  # fmt: skip


def examples(many: int = 240, *, shuffled: bool = False) -> list[Example]:
    draw = random.Random(5)
    made = []
    for number in range(many):
        themes = draw.sample(sorted(SAID), k=draw.choice([1, 1, 1, 2]))
        text = ". ".join(draw.choice(SAID[theme]).format(n=number % 37) for theme in themes)
        made.append(Example(text, frozenset(themes)))
    made += [Example(f"ok {number % 5}", frozenset()) for number in range(many // 8)]
    if shuffled:
        labels = [each.themes for each in made]
        draw.shuffle(labels)
        made = [Example(each.text, themes) for each, themes in zip(made, labels, strict=True)]
    return made


@pytest.fixture(scope="module")
def coder() -> Coder:
    return learn(examples())


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("I waited 44 minutes, too expensive", {"waiting", "price"}),
        ("Очень долго ждали, час", {"waiting"}),
        ("персонал дуже привітний", {"staff"}),
        ("miła obsługa w salonie 5, cena wzrosła", {"staff", "price"}),
    ],
)
def test_says_the_themes_of_new_comments_in_four_languages(
    coder: Coder, text: str, themes: set[str]
) -> None:
    (reading,) = coder.code([text])

    assert {guess.theme for guess in reading.guesses} == themes


def test_shows_the_words_that_speak_for_a_theme(coder: Coder) -> None:
    text = "The shop was clean, but much too expensive!"

    shown = [text[start:end] for start, end in coder.shown_by(text, "price")]

    assert "expensive" in shown


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_its_places_lie_inside(coder: Coder, text: str) -> None:
    (reading,) = coder.code([text])

    for guess in reading.guesses:
        for start, end in coder.shown_by(text, guess.theme):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["", "😀" * 1024, "خدمة سيئة جدا", "ขอบคุณ", "a" * 4096, "\x00\n"])
def test_says_nothing_of_what_it_cannot_read(coder: Coder, text: str) -> None:
    (reading,) = coder.code([text])

    assert reading.guesses == ()


def test_accuracy_is_that_of_comments_not_seen(coder: Coder) -> None:
    assert coder.accuracy.micro_f1 > 0.9
    assert learn(examples(shuffled=True)).accuracy.micro_f1 < 0.6


def test_copies_of_a_comment_do_not_make_the_accuracy_look_better() -> None:
    draw = random.Random(3)
    themes = sorted(SAID)
    noise = [
        Example(f"wort{number} satz{number}", frozenset({draw.choice(themes)}))
        for number in range(60)
    ]

    found = learn(noise * 4).accuracy

    assert found.micro_f1 < 0.6


def test_the_same_examples_make_the_same_model(coder: Coder) -> None:
    assert save(learn(examples())) == save(coder)


def test_a_kept_model_says_the_same(coder: Coder) -> None:
    texts = [each.text for each in examples()[:50]]

    again = load(save(coder))

    assert [[g.theme for g in r.guesses] for r in again.code(texts)] == [
        [g.theme for g in r.guesses] for r in coder.code(texts)
    ]
    assert again.accuracy == coder.accuracy
    np.testing.assert_allclose(again.probabilities(texts), coder.probabilities(texts), atol=0.01)


@pytest.mark.parametrize("state", [b"", b"PK\x03\x04 nothing", b"\x80\x04pickle", b"{}"])
def test_refuses_bytes_that_are_no_model(state: bytes) -> None:
    with pytest.raises(Invalid, match="Train a new one"):
        load(state)


def test_refuses_a_model_cut_off(coder: Coder) -> None:
    with pytest.raises(Invalid, match="Train a new one"):
        load(save(coder)[:-200])


def test_a_theme_with_too_few_comments_is_named_and_left_out() -> None:
    rare = [Example(f"parking {number}", frozenset({"parking"})) for number in range(FEWEST - 1)]

    made = learn([*examples(), *rare])

    assert made.too_few == {"parking": FEWEST - 1}
    assert "parking" not in made.themes


def test_too_few_comments_are_refused_with_what_is_missing() -> None:
    with pytest.raises(Invalid, match="code some more"):
        learn(examples(20))


def test_only_comments_drawn_at_random_measure_when_there_are_enough() -> None:
    drawn = [Example(each.text, each.themes, is_random=place < 120)
             for place, each in enumerate(examples())]  # fmt: skip

    assert (learn(drawn).accuracy.is_random, learn(drawn).accuracy.comments) == (True, 120)
    assert learn(examples()).accuracy.is_random is False


def test_accuracy_counts_what_was_found_and_what_was_right() -> None:
    said = np.array([[True, False], [True, True], [False, False]])
    truth = np.array([[True, False], [False, True], [False, True]])

    found = judged(["a", "b"], said, truth, np.array([False, False, True]), is_random=True)

    assert [(t.coded, t.said, t.hits) for t in found.themes] == [(1, 2, 1), (2, 1, 1)]
    assert found.micro_f1 == pytest.approx(2 * 2 / 6)
    assert found.macro_f1 == pytest.approx(2 / 3)
    assert found.unsure == 1


def test_asks_for_uncertain_and_varied_comments_each_once(coder: Coder) -> None:
    clear = [f"too expensive, the price rose by {n} percent" for n in range(40)]
    unclear = ["the queue at the till cost me money", "kind but slow and dear", "so-so"]
    texts = [*clear, *unclear, *unclear]

    chosen = most_useful(coder, texts, 6)

    asked = [texts[each.place] for each in chosen]
    assert len(set(asked)) == len(asked)
    assert set(unclear) <= set(asked)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I have been waiting for this", "en"),
        ("Я очень долго ждал и не дождался", "ru"),
        ("Я дуже довго чекав і не дочекався їх", "uk"),
        ("Bardzo długo czekałam na połączenie", "pl"),
        ("👍👍", None),
        ("", None),
    ],
)
def test_language_is_told_or_not_known(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_finds_what_no_theme_covers_and_what_of_it_grows() -> None:
    draw = random.Random(8)
    covered = [each.text for each in examples() if each.themes]
    before = [f"nothing to say about day {n} really" for n in range(150)]
    before += [f"the parking garage was closed, visit {n}" for n in range(6)]
    late = [f"the eSIM activation failed on phone {n}" for n in range(30)]
    late += [f"nothing to say about day {n} really" for n in range(100)]
    late += [f"the parking garage was closed again, visit {n}" for n in range(4)]
    texts = [(text, False) for text in before] + [(text, True) for text in late]
    draw.shuffle(texts)

    found = new_topics([text for text, _late in texts], covered, [late for _text, late in texts])

    growing = [topic for topic in found if topic.grows]
    assert len(growing) == 1
    assert {"esim", "activation"} & set(" ".join(growing[0].terms).split())
    assert (growing[0].comments, growing[0].lately) == (30, 30)
    assert any("parking" in " ".join(topic.terms) for topic in found)


def test_no_topics_where_everything_is_covered() -> None:
    assert new_topics([], ["a comment"], []) == []


def test_learns_from_what_sentences_mean_where_that_is_installed() -> None:
    made = learn(examples(64), embed=embed)
    again = load(save(made))
    text = "they let me wait far too long"

    assert again.sentence_lines is not None
    np.testing.assert_allclose(
        again.probabilities([text], embed), made.probabilities([text], embed), atol=0.01
    )
    with pytest.raises(LookupError, match="embeddings"):
        again.code([text])
