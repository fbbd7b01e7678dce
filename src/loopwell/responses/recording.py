"""How is a customer's first score stored with the least work? The one hot path of the product.

PostgreSQL does it in a single statement; SQLite, which has no data-modifying WITH, in five
short ones. Both write the answer, the invitation's mark and the journal entry together, and
settle what was held of the same customer before.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from loopwell.kit.ids import new_ref
from loopwell.responses.doubts import READING_TAKES, SCANNED_WITHIN
from loopwell.responses.enums import Source
from loopwell.responses.rules import Answer
from loopwell.surveys.enums import ANONYMOUS

_NAMELESS = ", ".join(f"'{kind.value}'" for kind in ANONYMOUS)
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_VALUES = """
    %(ref)s, i.id, v.survey_id, i.version_id, s.kind,
    COALESCE(NULLIF(i.touchpoint, ''), s.touchpoint), i.customer_id,
    i.interaction_id, i.unit_id, i.employee_id, i.account_id, i.properties, %(score)s,
    %(comment)s, %(consent)s, %(answers)s, i.language,
    COALESCE(%(source)s, CASE WHEN i.channel IN ('sms', 'phone') THEN i.channel ELSE 'email' END),
    i.is_test, i.product, %(at)s, %(now)s
"""
_COLUMNS = """
    ref, invitation_id, survey_id, version_id, kind, touchpoint, customer_id, interaction_id,
    unit_id, employee_id, account_id, properties, score, comment, contact_consent, answers,
    language, source, is_test, product, answered_at, updated_at
"""
_FROM = f"""
    FROM sampling_invitation i
    JOIN surveys_version v ON v.id = i.version_id
    JOIN surveys_survey s ON s.id = v.survey_id
    WHERE i.ref = %(invitation)s AND i.expires_at > %(at)s AND i.declined_at IS NULL
    AND (i.is_test OR s.kind NOT IN ({_NAMELESS}))
    AND (i.is_test OR (
        (i.scanned_at IS NULL OR i.scanned_at <= %(scanned_before)s)
        AND (i.sent_at IS NULL OR COALESCE(i.delivered_at, i.sent_at) <= %(arrived_before)s)
    ))
"""
_INSERT = f"""
    INSERT INTO responses_response ({_COLUMNS}) SELECT {_VALUES} {_FROM}
    ON CONFLICT (invitation_id) DO NOTHING RETURNING id, invitation_id
"""
_INSERT_JSONB = _INSERT.replace("%(answers)s", "%(answers)s::jsonb").replace(
    "%(source)s", "%(source)s::text"
)
_ENTRY = "INSERT INTO journal_entry (type, at, actor, subject, subject_id, payload)"
_POSTGRESQL = f"""
    WITH given AS ({_INSERT_JSONB}), marked AS (
        UPDATE sampling_invitation SET answered_at = %(at)s FROM given
        WHERE sampling_invitation.id = given.invitation_id
    ), settled AS (
        UPDATE responses_heldanswer SET decided_at = %(now)s, response_id = given.id FROM given
        WHERE responses_heldanswer.invitation_id = given.invitation_id AND decided_at IS NULL
    ), told AS (
        {_ENTRY} SELECT 'response.recorded', %(now)s, 'customer', 'response', given.id,
        %(payload)s::jsonb FROM given
    ) SELECT id FROM given
"""  # noqa: S608 constants only


def insert_first(
    *,
    invitation_ref: str,
    answer: Answer,
    now: datetime,
    source: Source | None = None,
    at: datetime | None = None,
    screened: bool = False,
) -> int | None:
    """The new answer's id; None if this invitation has one already or takes none any more.

    Answers to anonymous surveys are taken by `anonymous` instead. `screened` takes none either
    from whom `doubts` would not believe by the invitation's times.
    Without a `source` it is the invitation's channel. `at` is when it was said, if not now.
    """
    values: dict[str, Any] = {
        "ref": new_ref(),
        "invitation": invitation_ref,
        "score": answer.score,
        "comment": answer.comment or "",
        "consent": answer.contact_consent,
        "answers": json.dumps(dict(answer.answers or {})),
        "source": source.value if source else None,
        "now": now,
        "at": at or now,
        "scanned_before": now - SCANNED_WITHIN if screened else _NEVER,
        "arrived_before": now - READING_TAKES if screened else _NEVER,
        "payload": json.dumps({}),
    }
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_POSTGRESQL, values)
            row = cursor.fetchone()
        return int(row[0]) if row else None
    return _insert_sqlite(values)


def _insert_sqlite(values: dict[str, Any]) -> int | None:
    moments = ("now", "at", "scanned_before", "arrived_before")
    adapted = {key: connection.ops.adapt_datetimefield_value(values[key]) for key in moments}
    values = {**values, **adapted}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        row = cursor.fetchone()
        if row is None:
            return None
        marks = {**values, "id": row[0], "invitation_id": row[1]}
        cursor.execute(
            "UPDATE sampling_invitation SET answered_at = %(at)s WHERE id = %(invitation_id)s",
            marks,
        )
        cursor.execute(
            "UPDATE responses_heldanswer SET decided_at = %(now)s, response_id = %(id)s "
            "WHERE invitation_id = %(invitation_id)s AND decided_at IS NULL",
            marks,
        )
        cursor.execute(
            f"{_ENTRY} VALUES ('response.recorded', %(now)s, 'customer', 'response', "
            "%(id)s, %(payload)s)",
            marks,
        )
    return int(row[0])
