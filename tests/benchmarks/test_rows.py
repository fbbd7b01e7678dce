"""Do a program's answers about brands come in whole, and twice without harm?"""

from datetime import date

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations import AnswerDraft, PanelDraft, add_panel, put_answers
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    draft = PanelDraft("Spring", date(2026, 3, 2), date(2026, 3, 9))
    return add_panel(actor=SYSTEM, now=NOW, draft=draft)


def put(panel: Panel, *answers: AnswerDraft) -> int:
    return put_answers(actor=SYSTEM, now=NOW, panel=panel, answers=answers)


def test_the_same_word_again_takes_the_place_of_the_old(panel: Panel) -> None:
    first = [AnswerDraft("1", "Acme", 9), AnswerDraft("1", "Borealis", 3)]
    assert put(panel, *first) == put(panel, *first) == 2
    put(panel, AnswerDraft("1", "ACME ", 4), AnswerDraft("2", "Acme", 7))

    rows = PanelAnswer.objects.order_by("brand__name", "person")
    assert [(row.brand.name, row.person, row.score) for row in rows] == [
        ("Acme", "1", 4), ("Acme", "2", 7), ("Borealis", "1", 3),
    ]  # fmt: skip
    assert Brand.objects.count() == 2


def test_the_fielding_widens_with_its_answers(panel: Panel) -> None:
    early, late = date(2026, 3, 1), date(2026, 3, 20)
    put(panel, AnswerDraft("1", "Acme", 9, answered_on=early))
    put(panel, AnswerDraft("2", "Acme", 9, answered_on=late))
    put(panel, AnswerDraft("3", "Acme", 9))

    panel.refresh_from_db()
    assert (panel.fielded_from, panel.fielded_to) == (early, late)
    assert PanelAnswer.objects.get(person="3").answered_on == late
