"""How far is a job, and what is waiting or has failed?"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.jobs.models import Job, Schedule
from loopwell.kit.errors import NotFound


def job_by_ref(ref: str) -> Job:
    found = Job.objects.filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such job."))
    return found


def unfinished() -> QuerySet[Job]:
    return Job.objects.filter(finished_at=None, failed_at=None)


def latest(kinds: Sequence[str], since: datetime) -> Job | None:
    """The newest job of these kinds that is under way, or that ended or failed since then."""
    rows = Job.objects.filter(kind__in=kinds)
    open_or_new = Q(finished_at=None, failed_at=None) | Q(finished_at__gte=since)
    return rows.filter(open_or_new | Q(failed_at__gte=since)).order_by("-pk").first()


def failed() -> QuerySet[Job]:
    return Job.objects.exclude(failed_at=None)


def schedules() -> Sequence[Schedule]:
    return list(Schedule.objects.order_by("name"))
