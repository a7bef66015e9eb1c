"""Commands start quickly and import only what they need."""

import subprocess
import sys

HEAVY = ("django", "granian", "psycopg", "selectolax", "pypdf")


def imported(*arguments: str) -> set[str]:
    """Which of the heavy packages a run of ``goodoffices`` has imported when it ends."""
    program = (
        "import sys\n"
        f"sys.argv = {['goodoffices', *arguments]!r}\n"
        "from goodoffices.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        f"print('imported:', *[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(ran.stdout.splitlines()[-1].split()[1:])


def test_help_needs_neither_django_nor_a_server() -> None:
    assert imported("--help") == set()
    assert imported("replay", "--help") == set()


def test_a_record_is_verified_and_compared_without_django() -> None:
    """Also when there is nothing to verify: what is imported is imported before the file is looked for."""
    assert imported("record", "verify", "no-such.zip") == set()
    assert imported("record", "compare", "no-such.zip", "nor-this.zip") == set()


def test_an_exchange_is_planned_without_django() -> None:
    assert imported("prisoners", "plan", "no-such.yaml", "-o", "no-such.csv") == set()


def test_a_handover_is_worked_out_without_django() -> None:
    assert imported("prisoners", "handover", "no-such.csv", "nor-this.csv") == set()


def test_a_conditions_paper_is_checked_without_django() -> None:
    assert imported("conditions", "check", "README.md") == set()


def test_a_malformed_file_is_found_without_django() -> None:
    assert imported("replay", "tests/cli/malformed/empty.yaml") == set()


def test_a_text_is_read_without_the_libraries_of_other_formats() -> None:
    assert imported("intake", "tests/cli/sources/reservoir.txt") == set()


def test_a_command_imports_what_it_needs_and_no_other() -> None:
    found = "import sys\nsys.argv = ['goodoffices', 'names', '--help']\nfrom goodoffices import cli\n"
    found += "try: cli.main()\nexcept SystemExit: pass\n"
    found += (
        "print(sorted(name for name in sys.modules if name.startswith('goodoffices.secretariat')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", found], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
