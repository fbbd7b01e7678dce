"""How far is a job, and what is waiting or has failed?"""

from collections.abc import Sequence

from django.db.models import QuerySet
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


def failed() -> QuerySet[Job]:
    return Job.objects.exclude(failed_at=None)


def schedules() -> Sequence[Schedule]:
    return list(Schedule.objects.order_by("name"))
