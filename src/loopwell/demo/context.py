"""What does the sign-in page offer to a newcomer while the demo company is there?"""

from typing import Any

from django.http import HttpRequest

from loopwell.demo.logins import PASSWORD, logins


def sign_in_page(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    if match is None or match.url_name != "account_login":
        return {}
    return {"demo_logins": logins(), "demo_password": PASSWORD}
