"""Leaks to plant, one at a time: each is a fault somebody could make, and each must be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.secretariat.acts import Decided, NotFound, Request
from goodoffices.secretariat.deciding import Deciding
from goodoffices.secretariat.desk import Desk, Receipt, RoomView
from goodoffices.secretariat.kept import Kept
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.operator import OperatorDesk
from goodoffices.storage.models import Account, Invitation, Subscription
from goodoffices.talks.scene import Refusal
from goodoffices.web import middleware
from goodoffices.web.acting import desks
from goodoffices.web.calendars import views as calendars
from goodoffices.web.invitations import offering
from goodoffices.web.mailing import subscribing
from goodoffices.web.public import finding
from goodoffices.web.rooms import views

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Leak:
    """``asks``: the addresses among which it must show (a pattern); None: it must show at the desk."""

    name: str
    viewer: str
    plant: Callable[[Patch], None]
    asks: str | None = None


def _total(office: Office) -> int:
    return sum(head.size for head in office.store.heads(office.store.rooms()).values())


def _latest(office: Office, rooms: Iterable[str]) -> str:
    return max(head.at for head in office.store.heads(rooms).values())


def room_count_on_a_page(patch: Patch) -> None:
    told = views.heading
    patch.setattr(
        views, "heading", lambda view, who: f"{told(view, who)}, one of {len(view.desk.office.store.rooms())}"
    )


def global_number_in_ids(patch: Patch) -> None:
    salt = Deciding._salt

    def numbered(self: Deciding, room: str, purpose: str) -> bytes:
        return _total(self._office).to_bytes(2, "big") + salt(self, room, purpose)[2:]

    patch.setattr(Deciding, "_salt", numbered)


def refusal_that_tells_of_a_room(patch: Patch) -> None:
    room = Desk.room

    def told(self: Desk, id: str) -> RoomView:
        try:
            return room(self, id)
        except NotFound:
            if self.office.store.heads([id]):
                raise Refusal("You may not enter this room.") from None
            raise

    patch.setattr(Desk, "room", told)


def forbidden_instead_of_not_found(patch: Patch) -> None:
    room = Desk.room

    def told(self: Desk, id: str) -> RoomView:
        try:
            return room(self, id)
        except NotFound:
            if self.office.store.heads([id]):
                raise PermissionDenied from None
            raise

    patch.setattr(Desk, "room", told)


def search_over_all_rooms(patch: Patch) -> None:
    page = views._page

    def counted(request: HttpRequest, view: RoomView, others: list[RoomView]) -> dict[str, Any]:
        store, query = view.desk.office.store, request.GET.get("q", "").encode()
        context = page(request, view, others)
        found = [room for room in store.rooms() if query and any(query in line for line in store.lines(room, 0, 9999))]
        return context | {"query": f"{context['query']} ({len(found)} rooms)"}

    patch.setattr(views, "_page", counted)


def _header(patch: Patch, name: str, value: Callable[[Office], str]) -> None:
    answer = middleware.Headers.__call__

    def told(self: middleware.Headers, request: HttpRequest) -> Any:
        response = answer(self, request)
        response[name] = value(desks.office())
        return response

    patch.setattr(middleware.Headers, "__call__", told)


def total_in_a_header(patch: Patch) -> None:
    _header(patch, "X-Entries", lambda office: str(_total(office)))


def last_modified_of_a_hidden_room(patch: Patch) -> None:
    _header(patch, "Last-Modified", lambda office: _latest(office, office.store.rooms()))


def number_of_accounts(patch: Patch) -> None:
    _header(patch, "X-Accounts", lambda _: str(Account.objects.count()))


def short_names_unique_over_all_rooms(patch: Patch) -> None:
    decide = Desk._decide

    def checked(self: Desk, request: Request, *rest: Any) -> Decided:
        heads = self.office.store.heads(self.office.store.rooms())
        taken = {self.office.load(room, head.size)[SEATS].name for room, head in heads.items()}
        if any(step.command == "open-room" and step.raw.get("name") in taken for step in request.steps):
            raise Refusal("There is a room of this name already.")
        return decide(self, request, *rest)

    patch.setattr(Desk, "_decide", checked)


def rooms_ordered_by_what_happens_elsewhere(patch: Patch) -> None:
    ids = Desk._ids

    def ordered(self: Desk) -> list[str]:
        states = {room: self.office.load(room, head.size) for room, head in _heads(self.office).items()}
        talks = {room: state[SEATS].talks for room, state in states.items()}
        at = {one: _latest(self.office, [r for r in talks if talks[r] == one]) for one in set(talks.values())}
        return sorted(ids(self), key=lambda room: at[talks[room]])

    patch.setattr(Desk, "_ids", ordered)


def _heads(office: Office) -> dict[str, Any]:
    return office.store.heads(office.store.rooms())


def state_kept_without_its_size(patch: Patch) -> None:
    patch.setattr(Kept, "state", lambda self, room, size: self._newest.get(room))


def entries_kept_without_their_room(patch: Patch) -> None:
    find = RoomView.find

    def anywhere(self: RoomView, ref: str) -> Any:
        found = [self.desk.office.entry(room, ref, 9999) for room in self.desk.office.store.rooms()]
        return next((entry for entry in found if entry is not None), None) or find(self, ref)

    patch.setattr(RoomView, "find", anywhere)


def checkpoint_past_the_prefix(patch: Patch) -> None:
    def newest(self: RoomView) -> str:
        head = self.desk.office.store.heads([self.id])[self.id]
        return self.desk.office.checkpoint(self.id, head.size, head.root)

    patch.setattr(RoomView, "checkpoint", newest)


def prefix_of_former_members_not_cut(patch: Patch) -> None:
    def uncut(self: Desk, state: Room, size: int) -> int:
        return size if state[SEATS].readable(self.person, size) else 0

    patch.setattr(Desk, "_readable", uncut)


def receipts_of_others(patch: Patch) -> None:
    receipts = Desk.receipts

    def anybodys(self: Desk, act: str) -> list[Receipt]:
        acts: dict[tuple[str, str], Any] = getattr(self.office.store, "_acts", {})
        if any(act == other for _, other in acts) and (self.person, act) not in acts:
            raise Refusal("This is another person's act.")
        return receipts(self, act)

    patch.setattr(Desk, "receipts", anybodys)


def quota_over_all_rooms(patch: Patch) -> None:
    act = Desk.act

    def limited(self: Desk, request: Request, *rest: Any) -> list[Receipt]:
        if _total(self.office) > 200:
            raise Refusal("This Good Offices is full.")
        return act(self, request, *rest)

    patch.setattr(Desk, "act", limited)


def one_clock_for_all_rooms(patch: Patch) -> None:
    run = Deciding.run

    def late(self: Deciding, request: Request) -> Decided:
        at = _latest(self._office, self._office.store.rooms())
        self._office = replace(self._office, clock=lambda: at)
        return run(self, request)

    patch.setattr(Deciding, "run", late)


def invitations_of_others(patch: Patch) -> None:
    patch.setattr(offering, "made", lambda _: list(Invitation.objects.order_by("digest")))


def drafts_by_act_alone(patch: Patch) -> None:
    from goodoffices.storage.models import Draft
    from goodoffices.web.acting import drafts

    find = drafts.find

    def anybodys(account: Account, act: str) -> Any:
        if Draft.objects.filter(act=act).exists():
            raise PermissionDenied
        return find(account, act)

    patch.setattr(drafts, "find", anybodys)


def texts_of_everybody(patch: Patch) -> None:
    from goodoffices.storage.models import KeptSource
    from goodoffices.web.intake import keeping

    def found(account: Account, room: str | None = None) -> Any:
        rows = KeptSource.objects.filter(**({"room": room} if room else {})).order_by("id")
        return [(row, keeping._given(row)) for row in rows]

    patch.setattr(keeping, "of_account", found)


def feeds_of_all_rooms(patch: Patch) -> None:
    def everything(office: Office) -> list[finding.PublicTalks]:
        rooms = OperatorDesk(office).rooms()
        talks = dict.fromkeys(view.seats.talks for view in rooms)
        return [finding.PublicTalks(id, id, id, tuple(v for v in rooms if v.seats.talks == id)) for id in talks]

    patch.setattr(finding, "_all", everything)


def calendar_of_all_rooms(patch: Patch) -> None:
    patch.setattr(calendars, "seated", lambda desk, rooms: OperatorDesk(desk.office).rooms())


def addresses_that_are_known(patch: Patch) -> None:
    ask = subscribing.ask

    def told(talks: str, address: str, base: str) -> None:
        if Subscription.objects.filter(folded=address).exists():
            raise Refusal("This address is known already.")
        ask(talks, address, base)

    patch.setattr(subscribing, "ask", told)


def _leak(plant: Callable[[Patch], None], viewer: str, asks: str | None = None) -> Leak:
    return Leak(plant.__name__.replace("_", "-"), viewer, plant, asks)


LEAKS = (
    _leak(room_count_on_a_page, "side-b", r"/rooms/\w+/$"),
    _leak(global_number_in_ids, "side-a"),
    _leak(refusal_that_tells_of_a_room, "outsider"),
    _leak(forbidden_instead_of_not_found, "outsider", r"/rooms/\w+/$"),
    _leak(search_over_all_rooms, "observer", r"\?q="),
    _leak(total_in_a_header, "public", r"/nowhere/|/static/|/public/"),
    _leak(last_modified_of_a_hidden_room, "public", r"/public/"),
    _leak(number_of_accounts, "outsider", r"/sign-in/$"),
    _leak(short_names_unique_over_all_rooms, "side-a"),
    _leak(rooms_ordered_by_what_happens_elsewhere, "side-a"),
    _leak(state_kept_without_its_size, "withdrawn"),
    _leak(entries_kept_without_their_room, "side-b"),
    _leak(checkpoint_past_the_prefix, "withdrawn", r"/checkpoint$"),
    _leak(prefix_of_former_members_not_cut, "side-b"),
    _leak(receipts_of_others, "host"),
    _leak(quota_over_all_rooms, "host"),
    _leak(one_clock_for_all_rooms, "side-b"),
    _leak(invitations_of_others, "outsider", r"/invitations/$"),
    _leak(drafts_by_act_alone, "outsider", r"/sign/$"),
    _leak(feeds_of_all_rooms, "public", r"/feed\."),
    _leak(calendar_of_all_rooms, "side-b", r"/account/calendar/"),
    _leak(addresses_that_are_known, "public", r"/subscribe/"),
    _leak(texts_of_everybody, "side-b", r"/intake/$"),
)


def among(leak: Leak, path: str) -> bool:
    return leak.asks is not None and re.search(leak.asks, path) is not None
