"""What does the page of a case need for its talk?"""

from typing import Any

from loopwell.console.door import StaffRequest


def talk_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    return {}
