"""Files that are not as they must be: each says where and why, and nothing comes of it.

The files are in ``malformed/``; what each is answered with, in ``golden/malformed.txt``.
"""

from pathlib import Path

from goodoffices.papers.marked import BadFile
from goodoffices.secretariat import replaying
from goodoffices.secretariat.matters import RULES
from tests.golden import Golden
from tests.people import new_office, person

FILES = sorted((Path(__file__).parent / "malformed").glob("*.yaml"))


def answer(path: Path) -> str:
    try:
        file = replaying.read(replaying.text_of(path.read_bytes()), RULES)
        cast = replaying.Cast({short: person(short) for short in file.people})
        replaying.rehearse(file, new_office(), cast, lambda name: b"", bytes(32))
    except BadFile as error:
        return str(error)
    return "nothing was found to be wrong"


def test_each_malformed_file_is_answered_with_the_place_and_the_reason(golden: Golden) -> None:
    assert len(FILES) > 40
    golden("malformed.txt", "".join(f"{path.stem}\n    {answer(path)}\n" for path in FILES))
