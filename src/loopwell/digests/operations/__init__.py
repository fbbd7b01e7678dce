"""How do digests come about and leave, and what do their readers do?"""

from loopwell.digests.operations.judging import digest_by_token, judge, stop_edition
from loopwell.digests.operations.planning import plan_digests
from loopwell.digests.operations.previewing import preview
from loopwell.digests.operations.sending import send_digests, waiting_digests
from loopwell.digests.operations.subscribing import stop_question, subscribed_by_token
from loopwell.digests.operations.wishes import choose_digests, count_use, mark_heard

__all__ = [
    "choose_digests",
    "count_use",
    "digest_by_token",
    "judge",
    "mark_heard",
    "plan_digests",
    "preview",
    "send_digests",
    "stop_edition",
    "stop_question",
    "subscribed_by_token",
    "waiting_digests",
]
