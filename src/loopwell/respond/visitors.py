"""Is it a person who opens this page, as far as one can tell, and did they just get the message?"""

import re
from datetime import datetime, timedelta

from django.http import HttpRequest

SCANNERS_TAKE = timedelta(seconds=10)
"""Whoever comes sooner after the sending is taken for a mail system looking at the links."""
MACHINES = re.compile(
    r"bot\b|crawl|spider|preview|scan|slurp|monitor|curl|wget|python|java/|go-http|okhttp|axios|"
    r"node-fetch|headless|facebookexternalhit|whatsapp|skypeuripreview|barracuda|mimecast|"
    r"proofpoint|symantec|forcepoint|bingbot|googleimageproxy|yahoomailproxy|safelinks",
    re.IGNORECASE,
)


def is_person(request: HttpRequest, *, sent_at: datetime | None, now: datetime) -> bool:
    if request.method != "GET":
        return False
    headers = request.headers
    purpose = headers.get("Sec-Purpose", "") + headers.get("Purpose", "") + headers.get("X-Moz", "")
    if "prefetch" in purpose.lower() or "preview" in purpose.lower():
        return False
    agent = headers.get("User-Agent", "")
    if not agent or MACHINES.search(agent):
        return False
    return sent_at is None or now - sent_at >= SCANNERS_TAKE
