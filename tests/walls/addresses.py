"""What is asked of the pages: every address there is, with what the viewer sees, what is hidden, and what is nothing.

Addresses are taken from ``web.urls``, so a new page is asked for without anybody adding it here. What its parameters
may be has to be known: an address with a parameter that is not in ``Values`` fails the test, and the answer is to say
there which of its values the viewer sees, which are hidden and which are none.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from itertools import islice, product
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from goodoffices.papers.set_out import SET_OUT
from goodoffices.record.entries import cited
from goodoffices.secretariat.desk import RoomView
from tests.walls.desks import NOWHERE, Names
from tests.walls.people import Viewer
from tests.walls.site import Ask
from tests.walls.worlds import World, act_id
from tests.web.chance import Chance

NO_DIGEST = "0" * 64
KNOWN = f"{1:032x}"  # the id of a subscription of somebody else
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
NOT_POSTED = ("/verify/", "export.zip", "/sign-out/")  # the last would end the visit; it is asked for at the end
FILLED = 4  # rooms in which forms are filled in and words searched for
EACH = 14  # addresses made from one pattern, at most, of those with more than one parameter


def patterns() -> dict[str, str]:
    """Every address of ours as a template (``rooms/{room}/``) by name."""
    return dict(_patterns(get_resolver().url_patterns, ""))


def _patterns(found: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for one in found:
        route = prefix + str(one.pattern).strip("^$")
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, route)
        else:
            yield str(one.name), "/" + _PARAMETER.sub(lambda m: "{" + (m[1] or m[2]) + "}", route)


class Values:
    """By parameter: what is asked for. The same for both worlds, whatever exists in them."""

    def __init__(self, world: World, viewer: Viewer, names: Names) -> None:
        desk = world.desk(viewer.person)
        self.rooms = desk.rooms()
        mine = [e.header.act for view in self.rooms for e in view.entries() if e.header.author.person == viewer.person]
        papers = [c[2:] for view in self.rooms for e in view.entries() if "paper" in e.body for c in cited(e.body)]
        seen = [view.id for view in self.rooms]
        self.of = {
            "room": [*seen, *names["rooms"][:2], NOWHERE, "x", "F" * 32],
            "seq": ["0", *(str(view.size - 1) for view in self.rooms[-2:]), "5", "999", "9" * 30, "-1", "x"],
            "digest": [*papers[:2], *(c[2:] for c in names["citations"][:2]), f"{0:064x}", f"{1:064x}", "f" * 64, "x"],
            "meeting": ["first", *names["short"][:1], "no-such"],
            "issue": ["lists", *names["short"][:1], "no-such"],
            "command": ["note-event", "open-room", "make-request", "accredit-delegate", "open-talks", "no-such"],
            "act": [*mine[-2:], *names["acts"][:2], act_id("draft 1"), NOWHERE, "x"],
            "code": ["side-a", "host", "guarantor", *names["short"][:1], "x"],
            "talks": [*dict.fromkeys(view.seats.talks for view in self.rooms), *names["rooms"][:1], NOWHERE, "x"],
            "stage": ["1", "2", "0", "9" * 30, "x"],
            "point": ["bridge", *names["short"][:1], "x"],
            "token": ["none", "0" * 43],
            "source": [f"{1:032x}", NOWHERE, "x"],  # another's, none, and no id; the viewer's own is asked for below
            "number": ["0", "1", "9" * 30, "x"],
            "place": ["0", "1", "999", "x"],  # of a pair of rows in a matching
            "language": ["en", "uk", "xx"],  # of printed manifests
            "name": ["persons.csv", "plan.csv", "x"],  # of a plan as a file
            "credential": ["none", "0" * 22],
            "leaf": [*self._leaves(), *(ref[2:] for ref in names["refs"][:2]), NO_DIGEST, "x"],
            "feed": ["atom", "json", "rss"],
        }

    def _leaves(self) -> list[str]:
        """Leaves of the public rooms, the newest and one that seats somebody."""
        rooms = [view for view in self.rooms if view.seats.kind == "public"]
        return [view.entry(seq).leaf.hex() for view in rooms for seq in (0, view.size - 1)]

    def paths(self, template: str) -> list[str]:
        names = re.findall(r"{(\w+)}", template)
        unknown = [name for name in names if name not in self.of]
        assert not unknown, f"{template}: say in tests/walls/addresses.py what “{', '.join(unknown)}” may be"
        ways = product(*(self.of[name] for name in names))
        made = [template.format(**dict(zip(names, map(quote, way), strict=True))) for way in ways]
        return made if len(names) < 2 else made[:: max(1, len(made) // EACH)]


def asked(world: World, viewer: Viewer, names: Names) -> Iterator[Ask]:
    """All that is asked in a world, in this order."""
    values = Values(world, viewer, names)
    for template in patterns().values():
        for path in values.paths(template):
            yield Ask("GET", path)
            if not path.endswith(NOT_POSTED):
                yield Ask("POST", path, {"act": act_id(path), "q": "x"})
    yield from _errors()
    for view in values.rooms[:FILLED]:
        yield from _searches(view, names)
    yield from _forms(values.rooms, names)
    yield from _followed(values.rooms, names)
    yield Ask("POST", "/sign-out/")
    yield Ask("GET", "/")
    yield Ask("GET", "/sign-in/")


def _followed(rooms: list[RoomView], names: Names) -> Iterator[Ask]:
    """Addresses given to be written to, known elsewhere or not; links that are forged; a calendar's secret address."""
    talks = [view.seats.talks for view in rooms if view.seats.kind == "public"]
    for one in (*dict.fromkeys(talks), *names["rooms"][:1]):
        for address in ("known@example.org", "new@example.org", "new@example.org", "no address"):
            yield Ask("POST", f"/public/{one}/subscribe/", {"address": address}, forged=True)
    for purpose in ("confirm", "stop", "reminders/confirm", "reminders/stop"):
        for token in (f"{KNOWN}.{'A' * 43}", f"{KNOWN}.", "%00"):
            yield Ask("GET", f"/letters/{purpose}/{token}/")
            yield Ask("POST", f"/letters/{purpose}/{token}/", {"List-Unsubscribe": "One-Click"}, forged=True)
    for address in ("known@example.org", "me@example.org", "no address"):
        yield Ask("POST", "/account/reminders/", {"address": address})
    yield Ask("GET", "/account/reminders/")
    yield Ask("POST", "/account/reminders/", {"stop": "1"})
    made = Ask("POST", "/account/calendar/", {"words": "all"})
    yield made
    yield Ask("GET", f"/calendars/{token_of(made)}/talks.ics")
    yield Ask("GET", "/account/calendar/")
    yield Ask("POST", "/account/calendar/", {"revoke": "1"})
    yield Ask("GET", f"/calendars/{token_of(made)}/talks.ics")


def token_of(asked: Ask) -> str:
    """The token that this request draws: chance begins anew with each."""
    return base64.urlsafe_b64encode(Chance(str(asked)).token_bytes(32)).rstrip(b"=").decode()


def _errors() -> Iterator[Ask]:
    for path in (
        "/nowhere/",
        "/rooms/",
        "/static/none.css",
        "/static/goodoffices/office.css",
        "/favicon.ico",
        "/%00",
        "/robots.txt",
    ):
        yield Ask("GET", path)
    yield Ask("HEAD", "/public/")
    yield Ask("OPTIONS", "/public/")
    yield Ask("DELETE", "/public/")
    yield Ask("POST", "/sign-in/", {"login": "somebody-1", "password": "wrong"})
    yield Ask("POST", "/sign-in/", {"login": "nobody-at-all", "password": "wrong"})
    yield Ask("POST", "/sign-in/", {"login": "somebody-1", "password": "wrong"}, forged=True)


def _searches(view: RoomView, names: Names) -> Iterator[Ask]:
    for query in ("hidden", "palace", "lists", "", *names["short"][:1], *names["rooms"][:1], *names["refs"][:1]):
        yield Ask("GET", f"/rooms/{view.id}/?{urlencode({'q': query})}")
    for query in ({"before": "3"}, {"before": "9999"}, {"for": NOWHERE}, *({"for": d} for d in view.seats.delegations)):
        yield Ask("GET", f"/rooms/{view.id}/?{urlencode(query)}")


def _forms(rooms: list[RoomView], names: Names) -> Iterator[Ask]:
    """Forms filled in: well, badly, twice, with what others used elsewhere, and naming what is hidden."""
    for view in [view for view in rooms if view.seat() is not None][:FILLED]:
        for offer in islice((o for o in view.offers() if o.rule.name != "open-room"), 0, None, 3):
            yield Ask("GET", f"/rooms/{view.id}/do/{offer.rule.name}/?{urlencode(offer.fields)}")
        yield from _form(view, names)


def _form(view: RoomView, names: Names) -> Iterator[Ask]:
    note, name = f"/rooms/{view.id}/do/note-event/", f"/rooms/{view.id}/do/open-room/"
    words = {"what": "other", "words": "Noted on a page."}
    for act in (act_id("page " + view.id), act_id("page " + view.id), *names["acts"][:2], "x"):
        yield Ask("POST", note, {"act": act, **words})
    yield Ask("POST", note, {"act": act_id("page " + view.id), **words, "words": "Something else."})
    yield Ask("POST", note, {"act": act_id("forged"), **words}, forged=True)
    yield Ask("GET", f"/acts/{act_id('page ' + view.id)}/")
    for ref in (*names["refs"][:1], "e:" + NO_DIGEST):
        query = urlencode({"entry": ref})
        yield Ask("GET", f"/rooms/{view.id}/do/correct-entry/?{query}")
        yield Ask(
            "POST", f"/rooms/{view.id}/do/correct-entry/", {"act": act_id("c" + ref), "entry": ref, "says": "Else."}
        )
    for short in (*names["short"][:2], "room-a", "caucus-b"):
        yield Ask("POST", name, {"act": act_id(short + view.id), "kind": "delegation-room", "name": short})
    for to in (*names["delegations"][:1], "guarantor", "depositary", NOWHERE):
        data = {"act": act_id(to + view.id), "to": to, "words": "Please."}
        yield Ask("POST", f"/rooms/{view.id}/do/make-request/", data)
    yield Ask(
        "POST",
        f"/rooms/{view.id}/do/present-paper/",
        {"act": act_id("p" + view.id), "title": "T", "paper": b"%PDF", "purpose": "other"},
    )
    yield from _conditions(view, names)
    yield from _intake(view)
    yield Ask("POST", f"/rooms/{view.id}/do/close-room/?for={NOWHERE}", {"act": act_id("close" + view.id)})
    yield Ask("GET", f"/rooms/{view.id}/")


def _conditions(view: RoomView, names: Names) -> Iterator[Ask]:
    """A paper with conditions presented, drafted, set out and laid side by side; and papers that are hidden or none."""
    seat = view.seat()
    others = [d.id for d in view.seats.delegations.values() if d.until is None and seat and d.id != seat.delegation]
    title = {"act": act_id("conditions " + view.id), "title": "Ours", "purpose": "conditions"}
    paper = {"paper": b"Ceasefire\n- All fire stops.\n", "to": others[:1]}
    yield Ask("POST", f"/rooms/{view.id}/do/present-paper/", {**title, **paper})
    row = {"conditions-0-topic": "ceasefire", "conditions-0-wording": "All fire stops."}
    refs = [ref for ref, p in view.state[SET_OUT].papers.items() if seat and p.by == seat.delegation]
    for ref in (*refs[:1], *names["refs"][:1], "e:" + NO_DIGEST):
        where = f"/rooms/{view.id}/do/set-out-conditions/?{urlencode({'paper': ref})}"
        yield Ask("GET", where)
        yield Ask("POST", where, {"act": act_id("set out " + ref + view.id), "paper": ref, **row})
        yield Ask("POST", where, {"act": act_id("more " + ref + view.id), "paper": ref, **row, "more": "1"})
    for seq in range(view.size - 1, view.size + 7):
        yield Ask("GET", f"/rooms/{view.id}/entries/{seq}/conditions/")
        yield Ask("POST", f"/rooms/{view.id}/entries/{seq}/conditions/", {"file": b"Land\n- The river.\n"})
    yield Ask("GET", f"/rooms/{view.id}/conditions/")


ARTICLE = """Few results

Velden threatened to close the crossing if Montara does not withdraw from those hills.

“We asked for the bridge,” Hana Orrel said.
"""


def source_id(asked: Ask) -> str:
    """The id of the source that is kept when a text is handed in by this request: chance begins anew with each."""
    return Chance(str(asked)).token_bytes(16).hex()


def handing_in(view: RoomView) -> Ask:
    return Ask("POST", f"/rooms/{view.id}/intake/", {"text": ARTICLE, "outlet": "The Courier"})


def _intake(view: RoomView) -> Iterator[Ask]:
    """A text handed in, its source entered, its drafts looked at, accepted, dropped and erased."""
    begin = handing_in(view)
    where = f"/rooms/{view.id}/intake/{source_id(begin)}/"
    yield begin
    yield Ask("POST", f"/rooms/{view.id}/intake/", {"file": b"\xff\xfe\xff"})
    yield Ask("GET", "/intake/")
    yield Ask("GET", where)
    yield Ask("POST", where + "enter/", {"act": act_id("source " + view.id), "title": "Few results", "how": "text"})
    for number in range(4):
        yield Ask("GET", f"{where}?draft={number}")
        yield Ask("POST", f"{where}drafts/{number}/", {"do": "accept", "act": act_id("draft"), "gist": "Some words."})
    yield Ask("POST", f"{where}drafts/1/", {"do": "drop"})
    yield Ask("POST", f"{where}drafts/1/", {"do": "again"})
    yield Ask("GET", f"{where}?draft=99")
    yield Ask("POST", f"/intake/{source_id(begin)}/erase/")
    yield Ask("GET", where)
