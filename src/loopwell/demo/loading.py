"""How does the invented company get into the database, in seconds and as if it had lived?

Rows are written in bulk with the moments the generator gives them; the journal gets what
happened to answers and cases, and every consumer begins after it, so that nobody is alarmed.
"""

from datetime import datetime

from django.db import transaction

from loopwell.access.rules import SYSTEM
from loopwell.demo.company import generate
from loopwell.demo.loading_alarms import load_alarms
from loopwell.demo.loading_asked import Asked, load_asked
from loopwell.demo.loading_benchmark import load_benchmark
from loopwell.demo.loading_care import load_care
from loopwell.demo.loading_cases import load_cases
from loopwell.demo.loading_clock import load_clock
from loopwell.demo.loading_dashboards import load_dashboards
from loopwell.demo.loading_digests import load_digests
from loopwell.demo.loading_huddles import load_huddles
from loopwell.demo.loading_initiatives import load_initiatives
from loopwell.demo.loading_issues import load_issues
from loopwell.demo.loading_letters import load_letters
from loopwell.demo.loading_news import load_news
from loopwell.demo.loading_people import People, load_people
from loopwell.demo.loading_promoters import load_promoters
from loopwell.demo.loading_recovery import load_recovery
from loopwell.demo.loading_reports import load_reports
from loopwell.demo.loading_rules import load_rules
from loopwell.demo.loading_talk import load_talk
from loopwell.demo.loading_targets import load_targets
from loopwell.demo.loading_text_rules import load_text_rules
from loopwell.demo.loading_themes import load_themes
from loopwell.demo.loading_told import load_told
from loopwell.insights.operations import rebuild
from loopwell.journal.operations import skip_to_end


def load(*, now: datetime, seed: int = 7, scale: float = 1.0) -> dict[str, int]:
    """Loads the company and its facts; returns how many rows of each kind there are."""
    company = generate(now=now, seed=seed, scale=scale)
    with transaction.atomic():
        people: People = load_people(company)
        asked: Asked = load_asked(company, people)
        load_cases(company, people, asked)
        load_themes(company, asked, now)
        load_text_rules(now)
        load_reports(company, now)
        load_rules(now)
        load_recovery(now)
        load_care(now)
        load_news(now)
        load_huddles(now)
        load_issues(now)
        load_clock(company, people, now)
        load_letters(now)
        load_promoters(now)
        load_talk(now)
        load_alarms(now)
        load_digests(now)
        load_benchmark(now)
        load_targets(now)
        load_dashboards(now)
        load_initiatives(company, people, now)
        load_told(now)
    skip_to_end(now=now)
    rebuild(actor=SYSTEM, now=now, progress=lambda done, total, note: None)
    return {
        "units": len(company.units),
        "employees": len(company.employees),
        "customers": len(company.customers),
        "accounts": len(company.accounts),
        "invitations": len(company.invitations),
        "answers": len(company.answers),
        "cases": len(company.cases),
        "answers in passing": asked.passing_by,
    }
