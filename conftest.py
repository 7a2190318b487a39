"""Makes the fixtures of tests/conftest.py known to the tests that sit beside the code."""

from tests.conftest import browser, forgetful_matcher, signed_in  # noqa: F401
