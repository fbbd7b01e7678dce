"""Browser tests; failures in their helpers are told as fully as in the tests themselves."""

import pytest

HELPERS = (
    "installation", "visitor", "asking", "answering", "acting", "numbers",
    "questionnaire", "contacting", "listening",
)  # fmt: skip
for name in HELPERS:
    pytest.register_assert_rewrite(f"tests.browser.{name}")
