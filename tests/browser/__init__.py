"""Browser tests; failures in their helpers are told as fully as in the tests themselves."""

import pytest

for name in ("installation", "visitor", "asking", "answering", "acting", "numbers"):
    pytest.register_assert_rewrite(f"tests.browser.{name}")
