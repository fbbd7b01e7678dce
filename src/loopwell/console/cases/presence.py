"""What does the page of a case need for its presence?"""

from typing import Any

from loopwell.console.door import StaffRequest


def presence_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    return {}
