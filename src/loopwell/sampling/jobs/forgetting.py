"""When is the log of decisions forgotten?"""

from datetime import datetime, timedelta

from loopwell.jobs.rules import recurring
from loopwell.sampling.models import Decision
from loopwell.sampling.queries.plans import contact_limit

AT_ONCE, MOST = 2_000, 100_000


@recurring("sampling.forget_decisions", every=timedelta(hours=1))
def forget_decisions(now: datetime) -> int:
    """Deletes what is older than the company keeps it, in short transactions; the counts of each
    run stay. What is beyond one turn's share goes with the next."""
    before = now - timedelta(days=contact_limit().decisions_kept_days)
    old = Decision.objects.filter(run__at__lt=before).order_by("pk")
    gone = 0
    while gone < MOST and (ids := list(old.values_list("pk", flat=True)[:AT_ONCE])):
        gone += Decision.objects.filter(pk__in=ids).delete()[0]
    return gone
