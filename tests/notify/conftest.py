"""The same answers as in the tests of cases."""

from tests.cases.conftest import answer, case

__all__ = ["answer", "case"]
