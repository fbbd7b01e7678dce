"""What does every staff page need: navigation for the person's role, the demo mark?"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from loopwell import __version__
from loopwell.access.queries import actor_for, root_unit
from loopwell.console.alarms.bell import bell_for
from loopwell.console.navigation import sections_for
from loopwell.console.preferences import theme_of


def page(request: HttpRequest) -> dict[str, Any]:
    shown: dict[str, Any] = {"theme": theme_of(request), "version": __version__}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {**shown, "company": "Loopwell"}
    actor = getattr(request, "actor", None) or actor_for(request.user)
    company = root_unit()
    return {
        **shown,
        "actor": actor,
        "bell": bell_for(actor),
        "company": company.name if company else "Loopwell",
        "is_demo": bool(company and company.is_demo),
        "sections": sections_for(actor, request.path),
        "mail_to_files": settings.EMAIL_TO_FILES,
    }
