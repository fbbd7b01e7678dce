"""How does a staff page know who asks? `staff` guards a view and hands it the actor."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from loopwell.access.enums import Right
from loopwell.access.queries import actor_for
from loopwell.access.rules import Actor, require


class StaffRequest(HttpRequest):
    """A request of somebody logged in; `actor` says what they may do and see."""

    actor: Actor


View = Callable[Concatenate[StaffRequest, ...], HttpResponseBase]


def staff(*rights: Right) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Only for people logged in who have these rights (operations check again)."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = cast("StaffRequest", request)
            asked.actor = actor_for(request.user)  # type: ignore[arg-type]  # login_required: a User
            for right in rights:
                require(asked.actor, right)
            return view(asked, *args, **kwargs)

        return guarded

    return decorate
