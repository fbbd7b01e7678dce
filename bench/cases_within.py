"""How fast are the queue and the page of a case in this database? Started by bench.cases."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

REPEATS = 15
BRANCHES = 200
PAGES = {
    "mine": "tab=mine",
    "my units": "tab=units",
    "my units, page 20": "tab=units&page=20",
    "late, promised first": "tab=late&sort=due",
    "waiting": "tab=waiting",
    "closed": "tab=closed",
    "biggest account": "tab=units&sort=value",
    "urgent first": "tab=units&sort=priority",
    "newest, unhappy": "tab=units&sort=newest&category=detractor",
    "no answer": "tab=units&category=silent",
    "one branch": "tab=units&unit={unit}",
    "one branch, closed": "tab=closed&unit={unit}",
    "one owner": "tab=units&owner={owner}",
    "due today": "tab=units&due_today=yes",
    "wrote back": "tab=units&replied=yes",
    "wrote back, closed": "tab=closed&replied=yes",
    "likely to leave, closed": "tab=closed&risk=gone",
    "a language few speak": "tab=units&language=pl",
    "a language few speak, closed": "tab=closed&language=pl",
    "a survey few answer, closed": "tab=closed&survey={survey}",
    "search one name": "tab=units&q=Customer+77777",
    "search a common name, closed": "tab=closed&q=Customer",
    "search nobody, closed": "tab=closed&q=zzzz",
    "one account": "tab=closed&account={account}",
    "many filters": "tab=closed&language=uk&priority=1&category=detractor&highest=2"
    "&rule={rule}&unit={unit}&risk=gone",
}


def main() -> None:
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "loopwell.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    company = load(int(sys.argv[1]))
    from loopwell.config.settling import settle

    settle()  # as the serving process does
    for row in measured(company):
        print("\t".join(row), flush=True)


def load(cases: int) -> dict[str, Any]:
    """Once for a database, so that it can be measured again by hand."""
    from bench.cases_rows import described, fill
    from loopwell.cases.models import Case

    if not Case.objects.exists():
        fill(cases, BRANCHES)
    return described()


def measured(company: dict[str, Any]) -> Iterator[list[str]]:
    from django.test import Client

    clients = {}
    for who in ("agent", "supervisor", "programme manager"):
        clients[who] = Client(HTTP_HOST="localhost")
        clients[who].force_login(company[who])
    by_hand = plain_sql()
    for who, client in clients.items():
        for name, query in PAGES.items():
            address = "/cases/?" + query.format(**company["refs"])
            yield [who, f"queue: {name}", *_figures(lambda c=client, a=address: c.get(a), by_hand)]
    for name, ref in (("one case", company["case"]), ("a case with 600 entries", company["long"])):
        address = f"/cases/{ref}/"
        for who in ("agent", "programme manager"):
            client = clients[who]
            yield [who, name, *_figures(lambda c=client, a=address: c.get(a), None)]


def _figures(get: Callable[[], Any], by_hand: float | None) -> list[str]:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = get()
    if answer.status_code != 200:
        raise SystemExit(f"status {answer.status_code}")
    times = []
    for _repeat in range(REPEATS):
        began = time.perf_counter()
        get()
        times.append((time.perf_counter() - began) * 1000)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[18]
    hand = [f"{by_hand:.1f}", f"{p50 / by_hand:.0f}"] if by_hand else ["", ""]
    return [f"{p50:.0f}", f"{p95:.0f}", str(len(asked)), *hand]


def plain_sql() -> float:
    """Milliseconds for the fifty open cases that are next, with all the queue shows of them."""
    from django.db import connection

    text = (
        "SELECT c.*, k.name, k.phone, k.email, a.name, u.name, o.name, r.comment, (SELECT count(*)"
        " FROM cases_attempt t WHERE t.case_id = c.id) FROM cases_case c JOIN people_customer k ON"
        " k.id = c.customer_id LEFT JOIN people_account a ON a.id = c.account_id LEFT JOIN"
        " access_unit u ON u.id = c.unit_id LEFT JOIN access_user o ON o.id = c.owner_id LEFT JOIN"
        " responses_response r ON r.id = c.response_id WHERE c.closed_at IS NULL"
        " ORDER BY c.next_step_at, c.id LIMIT 50"
    )
    times = []
    for _repeat in range(REPEATS):
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(text)
            cursor.fetchall()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
