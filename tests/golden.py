"""Golden files: what a program prints, kept beside the tests and compared as a whole.

``pytest tests/cli --write-golden`` writes them anew; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[str, str], None]
"""(name of the file in the ``golden`` folder beside the test, what was printed)"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write golden files instead of comparing with them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    folder = Path(request.path).parent / "golden"

    def compare(name: str, printed: str) -> None:
        file = folder / name
        if request.config.getoption("--write-golden"):
            folder.mkdir(exist_ok=True)
            file.write_text(printed, encoding="utf-8")
        assert printed == file.read_text(encoding="utf-8")

    return compare
