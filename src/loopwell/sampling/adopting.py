"""What was decided elsewhere, before this programme was here?"""

from datetime import datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Case, CharField, Exists, F, Max, OuterRef, Value, When

from loopwell.people.models import Interaction
from loopwell.sampling.jobs.programmes import SETTLED, seed_of
from loopwell.sampling.models import Decision, Invitation, Programme, Run
from loopwell.sampling.queries.touched import touched_by
from loopwell.sampling.rules import ASKED, NOT_DRAWN


@transaction.atomic
def adopt_contacts(programme: Programme, now: datetime, *, days: int = 30) -> Run:
    """Takes the contacts so far for decided upon: asked about where there is an invitation, not
    drawn otherwise. The programme then asks only about what comes after; the log begins `days`
    ago. For histories brought along, such as the demo's."""
    at = now - SETTLED
    up_to = Interaction.objects.aggregate(last=Max("pk"))["last"] or 0
    run = Run.objects.create(
        programme=programme,
        at=at,
        finished_at=at,
        seed=seed_of(programme),
        draw={"up_to": up_to, "stages": []},
    )
    made = Invitation.objects.filter(programme=programme, interaction=OuterRef("pk"))
    outcome = Case(
        When(Exists(made), then=Value(ASKED)), default=Value(NOT_DRAWN), output_field=CharField()
    )
    rows = touched_by(programme).filter(at__gt=now - timedelta(days=days), at__lte=now).order_by()
    wanted = rows.annotate(
        who=F("customer_id"), outcome=outcome, run=Value(run.pk), of=Value(programme.pk)
    ).values_list("pk", "who", "outcome", "run", "of")
    try:
        sql, params = wanted.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return run
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Decision._meta.db_table} "
            f"(interaction_id, customer_id, outcome, run_id, programme_id) {sql}",
            params,
        )
    for name in (ASKED, NOT_DRAWN):
        run.counts[name] = Decision.objects.filter(run=run, outcome=name).count()
    run.save(update_fields=["counts"])
    return run
