"""Do the demo company's numbers tell the story they should?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from loopwell.demo.fixes import SLOTS_FIRST, SLOTS_LATER
from loopwell.demo.records import Answer, Company, Interaction
from loopwell.demo.scores import WIDENED_DAYS
from loopwell.demo.units import STAR, WEAK


def nps(answers: Iterable[Answer]) -> float:
    scores = [answer.score for answer in answers]
    return 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores)


def share(answers: list[Answer], slug: str) -> float:
    return sum(slug in answer.causes for answer in answers) / len(answers)


def interaction_of(company: Company, answer: Answer) -> Interaction | None:
    index = company.invitations[answer.invitation_index].interaction_index
    return None if index is None else company.interactions[index]


def by_programme(company: Company) -> dict[str, list[Answer]]:
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in company.answers:
        groups[company.invitations[answer.invitation_index].programme].append(answer)
    return groups


def test_overall_score_is_plausible(company: Company) -> None:
    assert 15 <= nps(company.answers) <= 30
    assert {answer.score for answer in company.answers} == set(range(11))


def test_between_8_and_25_percent_answer_at_every_touchpoint(company: Company) -> None:
    asked = Counter(one.programme for one in company.invitations)

    rates = {name: len(group) / asked[name] for name, group in by_programme(company).items()}

    assert len(rates) == 7
    assert all(0.08 <= rate <= 0.25 for rate in rates.values()), rates


def test_every_language_is_spoken(company: Company) -> None:
    spoken = Counter(answer.language for answer in company.answers)

    assert set(spoken) == {"en", "ru", "uk", "pl"}
    assert 0.35 <= spoken["en"] / len(company.answers) <= 0.48
    assert min(spoken.values()) / len(company.answers) > 0.15


def test_the_star_shines_and_the_weak_shops_are_last(company: Company) -> None:
    shops: dict[str, list[Answer]] = defaultdict(list)
    for answer in by_programme(company)["shop-visit"]:
        shops[company.invitations[answer.invitation_index].unit].append(answer)
    ranking = sorted(shops, key=lambda key: nps(shops[key]))

    assert set(ranking[:2]) == set(WEAK)
    assert ranking[-1] == STAR


def test_mondays_are_worse_on_the_phone(company: Company) -> None:
    mondays, others = [], []
    for answer in by_programme(company)["call"]:
        call = interaction_of(company, answer)
        assert call is not None
        (others if call.happened_at.weekday() else mondays).append(answer)

    assert nps(mondays) < nps(others) - 12


def test_december_is_the_rush_of_delivery(company: Company) -> None:
    months = Counter(
        one.happened_at.strftime("%Y-%m")
        for one in company.interactions
        if one.touchpoint == "delivery"
    )

    assert months["2025-12"] == max(months.values())


def deliveries(company: Company, units: tuple[str, ...], since: date, until: date) -> list[Answer]:
    found = []
    for answer in by_programme(company)["delivery"]:
        delivery = interaction_of(company, answer)
        assert delivery is not None
        if delivery.unit in units and since <= delivery.happened_at.date() < until:
            found.append(answer)
    return found


def test_delivery_slots_worked_where_they_were_introduced(company: Company) -> None:
    slots = next(fix for fix in company.fixes if fix.worked)
    first, later = (step.starts_on for step in slots.steps)
    start, end = company.starts_on, company.now.date() + timedelta(days=1)
    assert slots.steps[0].units == SLOTS_FIRST

    before = deliveries(company, SLOTS_FIRST, start, first)
    after = deliveries(company, SLOTS_FIRST, first, end)
    without = deliveries(company, SLOTS_LATER, first, later)
    finally_too = deliveries(company, SLOTS_LATER, later, end)

    assert share(after, "late-delivery") < 0.5 * share(before, "late-delivery")
    assert share(after, "late-delivery") < 0.6 * share(without, "late-delivery")
    assert share(finally_too, "late-delivery") < 0.7 * share(without, "late-delivery")
    assert nps(after) > nps(before) + 12
    assert nps(after) > nps(without) + 6


def test_the_billing_letter_changed_nothing(company: Company) -> None:
    letter = next(fix for fix in company.fixes if not fix.worked)
    starts_on = letter.steps[0].starts_on
    groups = by_programme(company)
    touched = [a for name in ("call", "self-service", "relationship") for a in groups[name]]

    before = share([a for a in touched if a.answered_at.date() < starts_on], letter.cause)
    after = share([a for a in touched if a.answered_at.date() >= starts_on], letter.cause)

    assert before > 0.04
    assert 0.8 < after / before < 1.25


def test_problems_shift_over_time(company: Company) -> None:
    month = company.starts_on + timedelta(days=365)
    early = [a for a in company.answers if a.answered_at.date() < month]
    late = [a for a in company.answers if a.answered_at.date() >= month]

    assert share(late, "price") > 1.3 * share(early, "price")
    assert share(late, "network-coverage") < 0.8 * share(early, "network-coverage")


def test_unhappy_answers_have_a_case_as_the_rules_of_their_time_were(company: Company) -> None:
    cases = {case.answer_index for case in company.cases}
    widened = company.now - timedelta(days=WIDENED_DAYS - 1)
    spared = [
        answer
        for index, answer in enumerate(company.answers)
        if answer.score <= 6 and answer.may_contact is not False and index not in cases
    ]

    assert len(cases) == len(company.cases)
    assert all(company.answers[index].score <= 6 for index in cases)
    assert all(answer.score >= 4 and answer.answered_at < widened for answer in spared)
    assert 200 < len(spared) < len(cases)


def test_cases_stand_at_every_stage(company: Company) -> None:
    states = Counter(case.state for case in company.cases)
    late = [c for c in company.cases if c.state != "closed" and c.due_at < company.now]
    never = [c for c in company.cases if c.closure and c.closure.resolution == "not-reached"]

    assert set(states) == {"open", "waiting", "in-work", "closed", "reopened"}
    assert states["closed"] / len(company.cases) > 0.9
    assert len(late) >= 5
    assert len(never) > 100
    assert sum(case.reopened_at is not None for case in company.cases) > 20


def test_a_case_runs_in_order(company: Company) -> None:
    for case in company.cases:
        ends = [case.closure.at] if case.closure else []
        final = [case.final_closure.at] if case.final_closure else []
        back = [case.reopened_at] if case.reopened_at else []
        line: list[datetime] = [case.opened_at, *(a.at for a in case.attempts), *ends, *back]
        line += final
        assert line == sorted(line), case.key
        if case.closure and case.closure.resolution != "not-reached":
            assert case.first_contact_at == case.attempts[-1].at
            assert abs(sum(weight for _, weight in case.closure.causes) - 1) < 1e-9
            assert case.closure.learnt


def test_calls_win_customers_back(company: Company) -> None:
    called: dict[int, datetime] = {}
    for case in company.cases:
        if case.first_contact_at:
            called[case.answer_index] = case.first_contact_at
    last: dict[int, int] = {}
    gains: dict[bool, list[int]] = {True: [], False: []}
    for index, answer in enumerate(company.answers):
        before = last.get(answer.customer_index)
        if before is not None and company.answers[before].score <= 6:
            reached = before in called and called[before] < answer.answered_at
            gains[reached].append(answer.score - company.answers[before].score)
        last[answer.customer_index] = index

    won, alone = (sum(gains[key]) / len(gains[key]) for key in (True, False))

    assert won > alone + 0.5


def test_one_account_scores_well_while_the_one_who_signs_does_not(company: Company) -> None:
    scores: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for answer in company.answers:
        customer = company.customers[answer.customer_index]
        if customer.account_index is not None:
            scores[customer.account_index].append((customer.role_in_decision, answer.score))
    deceptive = [
        index
        for index, group in scores.items()
        if len(group) >= 5
        and sum(score for _, score in group) / len(group) > 7.5
        and any(role == "decides" and score <= 3 for role, score in group)
    ]

    assert len(deceptive) >= 1
    assert len(company.accounts) - len(scores) >= 10  # some stay silent altogether
