"""When may an alarm leave, when is it tried again, and when are many told in one mail?"""

from datetime import datetime, timedelta

ATTEMPTS = 5
MOST_SINGLE_MAILS = 5  # more for one person at once come as one list
UNSURE_AFTER = timedelta(minutes=5)
# The comment is written seconds after the score: worth a short wait, so that it is in the mail.
WAIT_FOR_COMMENT = timedelta(seconds=60)


def may_leave(*, created_at: datetime, has_comment: bool, now: datetime) -> bool:
    return has_comment or now - created_at >= WAIT_FOR_COMMENT


def back_off(attempts: int) -> timedelta:
    """1, 2, 4 … minutes."""
    return timedelta(minutes=2 ** max(attempts - 1, 0))
