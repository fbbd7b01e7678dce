"""Do mentions follow the rules that are on: in new answers, in history, after every change?"""

import time
from decimal import Decimal

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.journal.models import Entry, ParkedEntry
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, Sentiment, ThemeKind, Trouble
from loopwell.themes.models import Mention, TextRule, Theme
from loopwell.themes.operations import (
    RuleDraft,
    merge_theme,
    remove_rule,
    restore_theme,
    retire_theme,
    switch_rule,
    write_rule,
)
from loopwell.themes.operations.ruling import CHUNK, read_by_rules
from loopwell.themes.queries.trying import AT_ONCE, PATIENCE, try_out
from loopwell.themes.rules.finding import MOST_SLOW
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


def theme(slug: str, kind: ThemeKind = ThemeKind.DEFECT) -> Theme:
    return Theme.objects.create(slug=slug, names={"en": slug.capitalize()}, kind=kind)


def rule(
    company: Company, of: Theme, patterns: str, *, on: bool = True, **more: object
) -> TextRule:
    draft = RuleDraft(of, patterns, **more)  # type: ignore[arg-type]  # whatever a test says
    made = write_rule(actor=company.actor("alice"), now=NOW, draft=draft)
    return switch_rule(actor=company.actor("alice"), now=NOW, rule=made, on=on)


def said(comment: str, **fields: object) -> Response:
    """An answer that the journal tells of."""
    answer = factories.response(score=2, comment=comment, **fields)
    append(actor=SYSTEM, now=NOW, events=[Event("response.recorded", "response", answer.pk)])
    return answer


def found(answer: Response) -> dict[str, Decimal]:
    rows = answer.mentions.filter(source=MentionSource.RULE)
    return dict(rows.values_list("theme__slug", "weight"))


def history() -> None:
    run_all(NOW)
    failed = Job.objects.exclude(error="").values_list("error", flat=True)
    assert list(failed) == []


def test_only_who_runs_surveys(company: Company) -> None:
    slow = theme("slow")
    made = rule(company, slow, "wait")
    mark = company.actor("mark")
    with pytest.raises(Forbidden):
        write_rule(actor=mark, now=NOW, draft=RuleDraft(slow, "x"))
    with pytest.raises(Forbidden):
        switch_rule(actor=mark, now=NOW, rule=made, on=False)
    with pytest.raises(Forbidden):
        remove_rule(actor=mark, now=NOW, rule=made)


@pytest.mark.parametrize(
    ("patterns", "exceptions", "regular", "told"),
    [
        ("late\n\n(slow", "", True, "Line 3 .* a round bracket is not closed"),
        ("[abc", "", True, "a square bracket is not closed"),
        ("fine\n!!!", "", False, "Line 2, “!!!”, holds no word"),
        ("fine", "ok\n???", True, "Line 2, “\\?\\?\\?”, holds no word"),
        (" \n", "", False, "at least one word"),
        ("((a{1000}){1000}){1000}", "", True, "repeats too much"),
        ("x" * 10_001, "", False, "At most 10000 characters"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    company: Company, patterns: str, exceptions: str, regular: bool, told: str
) -> None:
    draft = RuleDraft(theme("slow"), patterns, exceptions, is_regular=regular)
    with pytest.raises(Invalid, match=told):
        write_rule(actor=company.actor("alice"), now=NOW, draft=draft)
    assert not TextRule.objects.exists()


def test_a_new_answer_is_read_and_an_edited_one_anew(company: Company) -> None:
    slow, kind = theme("slow"), theme("kind", ThemeKind.DELIGHT)
    rule(company, slow, "wait*")
    rule(company, kind, "friendly")
    answer = said("I waited for hours, but they were friendly. Waiting is awful!")
    consume_all(now=NOW)
    assert found(answer) == {"slow": 50, "kind": 50}
    mention = answer.mentions.get(theme=slow)
    assert [answer.comment[a:b] for a, b in mention.words] == ["waited", "Waiting"]
    assert mention.sentiment == Sentiment.NEGATIVE
    assert answer.mentions.get(theme=kind).sentiment == Sentiment.POSITIVE
    coded = Entry.objects.filter(type="response.coded", subject_id=answer.pk)
    assert coded.count() == 1

    Response.objects.filter(pk=answer.pk).update(comment="Friendly people")
    append(actor=SYSTEM, now=NOW, events=[Event("response.changed", "response", answer.pk)])
    consume_all(now=NOW)
    assert found(answer) == {"kind": 100}
    Response.objects.filter(pk=answer.pk).update(comment="")
    assert read_by_rules(NOW, [answer.pk]) == 1
    assert found(answer) == {}
    assert read_by_rules(NOW, [answer.pk]) == 0, "again changes nothing"


def test_tests_and_answers_that_are_gone_are_left_alone(company: Company) -> None:
    rule(company, theme("slow"), "slow")
    trial, gone = said("slow", is_test=True), said("slow")
    consume_all(now=NOW)
    assert found(trial) == {}
    assert found(gone) == {"slow": 100}
    pk = gone.pk
    gone.delete()
    assert read_by_rules(NOW, [pk]) == 0
    assert not Mention.objects.exists()


def test_history_follows_every_change(company: Company) -> None:
    alice, slow = company.actor("alice"), theme("slow")
    answers = [factories.response(comment="slow and late") for _each in range(3)]
    person = Mention.objects.create(
        response=answers[0], theme=slow, source=MentionSource.CODER, weight=Decimal(100), at=NOW
    )
    made = rule(company, slow, "slow", on=False)
    history()
    assert found(answers[0]) == {}, "a rule that is off says nothing"

    switch_rule(actor=alice, now=NOW, rule=made, on=True)
    job = Job.objects.get()
    history()
    job.refresh_from_db()
    assert (job.done, job.total, job.result) == (3, 3, {"changed": 3})
    assert [found(each) for each in answers] == [{"slow": 100}] * 3

    late = rule(company, theme("late"), "late")
    history()
    assert found(answers[0]) == {"slow": 50, "late": 50}

    write_rule(actor=alice, now=NOW, rule=late, draft=RuleDraft(slow, "nothing of the kind"))
    history()
    assert found(answers[1]) == {"slow": 100}, "it left the theme it spoke for"

    remove_rule(actor=alice, now=NOW, rule=made)
    history()
    assert [found(each) for each in answers] == [{}] * 3
    assert list(Mention.objects.all()) == [person], "what a person said stays"


def test_history_longer_than_a_portion_and_again_after_a_crash(company: Company) -> None:
    survey, customer = factories.survey(), factories.customer()
    first = factories.response(survey=survey, customer=customer, comment="slow")
    facts = {"survey": survey, "customer": customer, "kind": survey.kind, "score": 3,
             "source": first.source, "answered_at": NOW, "updated_at": NOW}  # fmt: skip
    Response.objects.bulk_create(Response(comment="so slow", **facts) for _n in range(CHUNK + 5))
    slow = theme("slow")
    rule(company, slow, "slow")
    half = Response.objects.order_by("pk").values_list("pk", flat=True)[:100]
    assert read_by_rules(NOW, list(half), slow.pk) == 100
    history()
    assert Job.objects.get().result == {"changed": CHUNK + 6 - 100}
    assert slow.mentions.filter(weight=100).count() == CHUNK + 6


def test_two_rules_of_a_theme_find_it_once(company: Company) -> None:
    slow = theme("slow")
    rule(company, slow, "wait", sentiment=0)
    rule(company, slow, "waiting for hours")
    answer = said("waiting for hours")
    consume_all(now=NOW)
    mention = answer.mentions.get()
    assert (mention.weight, mention.sentiment, mention.words) == (100, 0, [[0, 17]])


def test_rules_of_a_merged_theme_speak_for_the_one_it_became(company: Company) -> None:
    alice, slow, late = company.actor("alice"), theme("slow"), theme("late")
    rule(company, slow, "slow")
    rule(company, late, "late")
    answers = [said("slow"), said("late"), said("slow and late")]
    consume_all(now=NOW)
    merge_theme(actor=alice, now=NOW, theme=slow, into=late)
    history()
    assert [found(each) for each in answers] == [{"late": 100}] * 3
    new = said("slow again")
    consume_all(now=NOW)
    assert found(new) == {"late": 100}
    stray = TextRule.objects.create(theme=slow, patterns="sluggish", is_on=True)
    new = said("a sluggish answer")
    consume_all(now=NOW)
    assert found(new) == {"late": 100}
    switch_rule(actor=alice, now=NOW, rule=stray, on=False)
    history()
    assert found(new) == {}


def test_a_retired_theme_keeps_its_past_and_hears_nothing_new(company: Company) -> None:
    alice, slow = company.actor("alice"), theme("slow")
    made = rule(company, slow, "slow")
    old = said("slow and late")
    consume_all(now=NOW)
    retire_theme(actor=alice, now=NOW, theme=slow)
    rule(company, theme("late"), "late")
    new = said("slow and late")
    consume_all(now=NOW)
    history()
    assert found(old) == {"slow": 50, "late": 50}
    assert found(new) == {"late": 100}
    made.refresh_from_db()
    with pytest.raises(Conflict, match="retired"):
        switch_rule(actor=alice, now=NOW, rule=made, on=True)
    with pytest.raises(Conflict, match="retired"):
        write_rule(actor=alice, now=NOW, draft=RuleDraft(slow, "x"))
    slow.refresh_from_db()
    restore_theme(actor=alice, now=NOW, theme=slow)
    switch_rule(
        actor=alice, now=NOW, rule=TextRule.objects.select_related("theme").get(pk=made.pk), on=True
    )
    history()
    assert found(new) == {"slow": 50, "late": 50}


def test_an_expression_that_takes_years_is_switched_off_and_holds_nobody_up(
    company: Company,
) -> None:
    bad = rule(company, theme("slow"), "(a+)+$", is_regular=True)
    rule(company, theme("late"), "late")
    answers = [said("late " + "a" * 3900 + "b") for _each in range(MOST_SLOW + 2)]
    began = time.monotonic()
    consume_all(now=NOW)
    assert time.monotonic() - began < 10
    assert [found(each) for each in answers] == [{"late": 100}] * len(answers)
    bad.refresh_from_db()
    assert (bad.is_on, bad.trouble, bad.slow) == (False, Trouble.SLOW, MOST_SLOW)
    assert not ParkedEntry.objects.exists()
    history()


def test_one_strange_comment_does_not_switch_a_rule_off(company: Company) -> None:
    bad = rule(company, theme("slow"), "(a+)+$", is_regular=True)
    strange, plain = said("a" * 3999 + "b"), said("aaa")
    consume_all(now=NOW)
    history()
    bad.refresh_from_db()
    assert (bad.is_on, bad.slow) == (True, 1)
    assert (found(strange), found(plain)) == ({}, {"slow": 100})


def test_a_rule_that_cannot_be_read_any_more_says_so(company: Company) -> None:
    broken = TextRule.objects.create(
        theme=theme("slow"), patterns="(x", is_regular=True, is_on=True
    )
    rule(company, theme("late"), "late")
    answer = said("late")
    consume_all(now=NOW)
    assert found(answer) == {"late": 100}
    broken.refresh_from_db()
    assert (broken.is_on, broken.trouble) == (False, Trouble.BROKEN)


def test_what_there_was_no_time_for_is_said(company: Company) -> None:
    for _each in range(AT_ONCE + 30):
        factories.response(comment="slow")
    ticks = iter((0.0, PATIENCE + 1))
    made = rule(company, theme("slow"), "slow", on=False)
    tried = try_out(company.actor("alice"), made, clock=lambda: next(ticks))
    assert (tried.looked, tried.newest, tried.is_whole) == (AT_ONCE, AT_ONCE + 30, False)
    assert tried.found == AT_ONCE
