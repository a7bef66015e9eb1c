"""What every test may ask for. The cast of people is in `tests/people.py`, generated talks in `tests/strategies.py`.

Tests never meet the data of whoever runs them: settings are loaded with a home that is made for this process and
removed after it, and with no database named.
"""

import os
import tempfile
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.postgres", "tests.chromium", "tests.golden"]

HOME = tempfile.TemporaryDirectory(prefix="goodoffices-tests-")

# A test that fails by chance on somebody else's machine teaches nothing: CI tries the same examples every time,
# a developer's run tries new ones. Neither has a deadline, since two shared cores say nothing about our speed.
settings.register_profile("developer", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


def pytest_configure(config: pytest.Config) -> None:
    """Load Django's settings on the tests' own home. Earlier, as pytest-django's own option would, is too early."""
    for name in [name for name in os.environ if name.startswith("GOODOFFICES_") and name != "GOODOFFICES_SCREENSHOTS"]:
        del os.environ[name]
    os.environ["GOODOFFICES_HOME"] = HOME.name
    if find_spec("goodoffices.web") and find_spec("goodoffices.web.settings"):
        os.environ["DJANGO_SETTINGS_MODULE"] = "goodoffices.web.settings"
        from django.conf import settings as django_settings

        assert django_settings.INSTALLED_APPS


def pytest_unconfigure(config: pytest.Config) -> None:
    HOME.cleanup()
