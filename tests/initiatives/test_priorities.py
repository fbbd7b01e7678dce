"""Does the ranking speak of what waits, and is a decision kept as it was made?"""

from decimal import Decimal

import pytest

from loopwell.initiatives.enums import Kind, State
from loopwell.initiatives.models import Decision
from loopwell.initiatives.operations.deciding import DecisionDraft, record_decision
from loopwell.initiatives.operations.drafts import Hope, Means
from loopwell.initiatives.operations.moving import move_initiative
from loopwell.initiatives.operations.proposing import change_initiative
from loopwell.initiatives.operations.rolling_out import depend_on
from loopwell.initiatives.queries.priorities import Asked, currencies, decisions, priorities
from loopwell.initiatives.rules.candidates import Missing
from loopwell.initiatives.rules.scenario import Why
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid
from tests.conftest import NOW, Company
from tests.initiatives.help import draft, proposed, running

pytestmark = pytest.mark.django_db
EUR = Asked("EUR", budget=Decimal(1500))


def test_what_waits_is_ranked_and_what_runs_is_not(company: Company) -> None:
    running(company, title="Runs already")
    best = proposed(company, "Best", hope=Hope(None, 5.0, 4.0, 6.0))
    small = proposed(company, "Small", hope=Hope(None, 1.0, 0.9, 1.1))
    vague = proposed(company, "Vague", hope=Hope())
    proposed(company, "Shop", kind=Kind.COMPETES, hope=Hope(), themes=[])
    abroad = proposed(company, "Abroad", means=Means("USD", cost=Decimal(1)))

    found = priorities(company.actor("alice"), EUR)
    assert [(found.rows[r.candidate.id], r.place) for r in found.ranking.ranked] == [
        (best, 1), (small, 2)
    ]  # fmt: skip
    assert [(found.rows[r.candidate.id], r.missing) for r in found.ranking.unranked] == [
        (vague, (Missing.EFFECT,))
    ]
    assert found.elsewhere == [abroad]
    assert found.scenario is not None
    assert [found.rows[each.id] for each in found.scenario.chosen] == [best]
    assert currencies(company.actor("alice")) == ["EUR", "USD"]


def test_what_is_needed_and_runs_need_not_be_paid_again(company: Company) -> None:
    base, upon = proposed(company, "Base", hope=Hope()), proposed(company, "Upon")
    alice = company.actor("alice")
    depend_on(actor=alice, now=NOW, initiative=upon, others=[base])

    before = priorities(alice, EUR).scenario
    assert before is not None
    assert before.chosen == ()  # both cost 2,000
    for version, state in ((1, State.APPROVED), (2, State.RUNNING)):
        move_initiative(actor=alice, now=NOW, initiative=base, version=version, state=state)
    after = priorities(alice, EUR).scenario
    assert after is not None
    assert [each.id for each in after.chosen] == [upon.pk]
    move_initiative(
        actor=alice, now=NOW, initiative=base, version=3, state=State.STOPPED, note="No"
    )
    stopped = priorities(alice, EUR).scenario
    assert stopped is not None
    assert [(each.id, why) for each, why in stopped.left_out] == [(upon.pk, Why.BLOCKED)]


def test_a_decision_keeps_the_ranking_that_was_seen(company: Company) -> None:
    best = proposed(company, "Best", hope=Hope(None, 5.0, 4.0, 6.0))
    proposed(company, "Small", hope=Hope(None, 1.0, 0.9, 1.1))
    alice = company.actor("alice")
    asked = DecisionDraft("Best first", "It gives most", [best.ref], EUR)
    for who in ("mark", "fiona"):
        with pytest.raises(Forbidden):
            record_decision(actor=company.actor(who), now=NOW, draft=asked)
    with pytest.raises(Invalid) as refused:
        record_decision(actor=alice, now=NOW, draft=DecisionDraft(" ", "", ["nonsense"], EUR))
    assert sorted(refused.value.fields) == ["chosen", "what", "why"]

    made = record_decision(actor=alice, now=NOW, draft=asked)
    change_initiative(
        actor=alice, now=NOW, initiative=best, version=1,
        draft=draft(company, "Renamed", hope=Hope()),
    )  # fmt: skip
    made = Decision.objects.get(pk=made.pk)
    assert (made.by, list(made.chosen.all())) == (company.alice, [best])
    assert [(row["title"], row["place"]) for row in made.seen["ranked"]] == [
        ("Best", 1), ("Small", 2)
    ]  # fmt: skip
    assert (made.seen["fits"], made.seen["budget"]) == ([best.ref], "1500")
    told = Entry.objects.get(type="initiative.chosen").payload["tell"]
    assert told == [company.mark.pk]
    assert list(decisions(alice)) == [made]
    assert list(decisions(company.actor("mark"))) == []
