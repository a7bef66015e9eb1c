"""What every test may ask for. The cast of people is in `tests/people.py`, generated talks in `tests/strategies.py`."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.postgres", "tests.chromium"]

# A test that fails by chance on somebody else's machine teaches nothing: CI tries the same examples every time,
# a developer's run tries new ones. Neither has a deadline, since two shared cores say nothing about our speed.
settings.register_profile("developer", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "developer")
