"""Do root causes of one answer make 100 %, and does the list change only by the right people?"""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from loopwell.access.rules import SYSTEM
from loopwell.kit.errors import Invalid
from loopwell.themes.models import Mention
from loopwell.themes.operations import record_root_causes
from loopwell.themes.queries import causes_found, root_causes
from loopwell.themes.rules import BadWeights, Cause, shares
from tests import factories
from tests.conftest import NOW, Company


def cause(slug: str, weight: int | None = None) -> Cause:
    return Cause(slug, None if weight is None else Decimal(weight))


def test_unweighed_causes_share_equally() -> None:
    found = shares([cause("a"), cause("b"), cause("c")])
    assert found == {"a": Decimal("33.34"), "b": Decimal("33.33"), "c": Decimal("33.33")}


def test_unweighed_causes_share_what_is_left() -> None:
    assert shares([cause("a", 70), cause("b")]) == {"a": Decimal(70), "b": Decimal(30)}


@pytest.mark.parametrize(
    "causes",
    [
        [cause("a", 90)],
        [cause("a", 60), cause("b", 60)],
        [cause("a", 100), cause("b")],
        [cause("a", 100), cause("b", 0)],
        [cause("a", 50), cause("a", 50)],
    ],
)
def test_weights_that_cannot_stand(causes: list[Cause]) -> None:
    with pytest.raises(BadWeights):
        shares(causes)


@given(st.lists(st.none() | st.integers(1, 14), min_size=1, max_size=6))
def test_together_they_make_exactly_one_hundred(weights: list[int | None]) -> None:
    if None not in weights:
        weights = [*weights, None]
    found = shares([cause(str(i), weight) for i, weight in enumerate(weights)])
    assert sum(found.values()) == 100
    assert min(found.values()) > 0


@pytest.mark.usefixtures("defaults")
def test_a_new_company_has_a_short_list_in_four_languages() -> None:
    offered = root_causes()
    assert len(offered) == 12
    assert {frozenset(theme.names) for theme in offered} == {frozenset({"en", "ru", "uk", "pl"})}
    assert offered[-1].slug == "other"
    with translation.override("pl"):
        assert str(offered[0]) == "Długie czekanie"


def test_what_was_found_replaces_what_was_found_before(company: Company) -> None:
    answer = factories.response(score=2)
    mark = company.actor("mark")
    record_root_causes(actor=mark, now=NOW, response=answer, causes=[cause("price")])
    record_root_causes(
        actor=mark, now=NOW, response=answer, causes=[cause("stock", 30), cause("returns", 70)]
    )
    found = causes_found([answer.pk])[answer.pk]
    assert [(f.slug, f.weight) for f in found] == [("returns", 70), ("stock", 30)]


def test_an_unknown_cause_changes_nothing(company: Company) -> None:
    answer = factories.response(score=2)
    record_root_causes(actor=SYSTEM, now=NOW, response=answer, causes=[cause("price")])
    with pytest.raises(Invalid):
        record_root_causes(actor=SYSTEM, now=NOW, response=answer, causes=[cause("nonsense")])
    assert Mention.objects.get().theme.slug == "price"
