"""Can a missing cause be named in a call, and does nothing get lost when it is decided on?"""

from decimal import Decimal

import pytest

from loopwell.cases.enums import ChurnRisk, Result
from loopwell.cases.models import Case
from loopwell.cases.operations import Interview, close_case
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.themes.enums import ThemeKind
from loopwell.themes.models import Theme
from loopwell.themes.operations import accept_theme, merge_theme, propose_theme
from loopwell.themes.queries import causes_found, proposed_themes, root_causes, theme_by_slug
from loopwell.themes.rules import Cause
from tests.conftest import NOW, Company


@pytest.fixture
def proposed(case: Case, company: Company) -> Theme:
    close_case(
        actor=company.actor("fiona"),
        now=NOW,
        case=case,
        version=1,
        interview=Interview(
            Result.SOLVED,
            learnt="Nobody heard the bell.",
            causes=[Cause("price", Decimal(40))],
            proposed=[Cause(" Broken  bell ", Decimal(60))],
            churn_risk=ChurnRisk.HIGH,
            may_quote=True,
            minutes=12,
        ),
    )
    (found,) = proposed_themes()
    return found


def weights(case: Case) -> dict[str, Decimal]:
    assert case.response_id is not None
    return {f.slug: f.weight for f in causes_found([case.response_id])[case.response_id]}


def test_it_counts_at_once(case: Case, proposed: Theme, company: Company) -> None:
    assert weights(case) == {"broken-bell": 60, "price": 40}
    assert (str(proposed), proposed.proposed_by) == ("Broken bell", company.fiona)
    assert proposed in root_causes()
    closure = case.closures.get()
    assert (closure.churn_risk, closure.may_quote, closure.minutes) == ("high", True, 12)
    again = propose_theme(actor=company.actor("mark"), now=NOW, name="broken BELL")
    assert again == proposed


def test_it_is_accepted_under_better_words(proposed: Theme, company: Company) -> None:
    names = {"en": "Door bell broken", "pl": "Zepsuty dzwonek"}
    facts = {"now": NOW, "theme": proposed, "names": names, "kind": ThemeKind.ABSENCE}
    with pytest.raises(Forbidden):
        accept_theme(actor=company.actor("mark"), **facts)  # type: ignore[arg-type]  # as below
    accept_theme(actor=company.actor("alice"), **facts)  # type: ignore[arg-type]  # one dict
    assert list(proposed_themes()) == []
    assert str(theme_by_slug("broken-bell")) == "Door bell broken"


def test_it_is_merged_and_the_weights_add_up(case: Case, proposed: Theme, company: Company) -> None:
    alice, price = company.actor("alice"), theme_by_slug("price")
    with pytest.raises(Invalid):
        merge_theme(actor=alice, now=NOW, theme=proposed, into=proposed)
    assert merge_theme(actor=alice, now=NOW, theme=proposed, into=price) == 1
    assert weights(case) == {"price": 100}
    assert proposed not in root_causes()
    with pytest.raises(Conflict):
        merge_theme(actor=alice, now=NOW, theme=proposed, into=price)
