"""What does the page of a case need for its letters?"""

from typing import Any

from loopwell.console.door import StaffRequest


def letters_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    return {}
