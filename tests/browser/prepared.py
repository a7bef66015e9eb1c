"""A handover ready on a server's data folder, before the server starts: `python -m tests.browser.prepared`.

It is the cast's exchange room of `tests.handing_over` with a plan in force, and an account for each of the cast. Prints
the room's id.
"""

from __future__ import annotations

from unittest import mock

from goodoffices.cli import office as cli_office
from tests import handing_over, people

ACCOUNTS = {"host": people.HOST, "side-a": people.SIDE_A, "side-b": people.SIDE_B, "observer": people.OBSERVER}


def main() -> None:
    office = cli_office.office(migrate=True)
    from goodoffices.storage.models import Account

    with mock.patch.object(people, "new_office", return_value=office):
        talks = handing_over.planned()
    for name, person in ACCOUNTS.items():
        Account.objects.create_user(name, person=person)
    print(talks.rooms[handing_over.ROOM])


if __name__ == "__main__":
    main()
