"""Forms of inviting, and of joining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodoffices.readouts.names import names
from goodoffices.record.particulars import BadWords, words
from goodoffices.secretariat.desk import RoomView
from goodoffices.storage.models import Account
from goodoffices.talks.delegates import AccreditDelegate
from goodoffices.talks.fields import described
from goodoffices.web.accounts.forms import zone_field
from goodoffices.web.invitations.offering import may_invite

TOLD = ("name", "level", "function", "sender", "credentials", "mandate")  # fields of ``AccreditDelegate``


class Inviting(forms.Form):
    """Whom to invite to a delegation of this room. ``rooms``: what the inviter may read, this room among it."""

    def __init__(self, view: RoomView, rooms: Sequence[RoomView], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rooms = [room for room in rooms if room.seats.talks == view.seats.talks and room.seat() is not None]
        who = names(view, (), (), _)
        guests_first = sorted(view.seats.delegations, key=lambda d: d == view.seats.host)
        open_to = [(d, who.delegation(d)) for d in guests_first if may_invite(view, d)]
        self.fields["delegation"] = forms.ChoiceField(label=_("Delegation"), choices=open_to)
        fields = described(AccreditDelegate)
        for name in TOLD:
            f = fields[name]
            self.fields[name] = _level(f.options) if f.options else _words(f.long)
            self.fields[name].label, self.fields[name].required = _(f.label), False
            self.fields[name].help_text = _(f.help) if f.help else ""
        self.fields["rooms"] = forms.MultipleChoiceField(
            label=_("Rooms"),
            help_text=_(
                "Leave all blank for every room of yours in which the delegation sits, but for the public room: with a "
                "seat there a delegate can publish, and everybody can read what is said here of them."
            ),
            choices=[(room.id, room.seats.name) for room in self._rooms],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in TOLD:
            try:
                words(given.get(name) or "-")
            except BadWords as error:
                self.add_error(name, str(error))
        delegation, chosen = given.get("delegation", ""), given.get("rooms") or []
        fitting = [room for room in self._rooms if may_invite(room, delegation)]
        for room in self._rooms:
            if room.id in chosen and room not in fitting:
                self.add_error("rooms", _("The delegation does not sit in “{room}”.").format(room=room.seats.name))
        unasked = [room.id for room in fitting if room.seats.kind != "public"]
        given["rooms"] = [room.id for room in fitting if room.id in chosen] or unasked
        return given

    def details(self) -> dict[str, str]:
        """What the accreditation will say. Call after ``is_valid``."""
        return {name: self.cleaned_data[name] for name in TOLD if self.cleaned_data[name]}


def _level(options: Sequence[str]) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), *((o, _(o.replace("-", " ").capitalize())) for o in options)])


def _words(long: bool) -> forms.Field:
    attrs = {"dir": "auto"}
    return forms.CharField(widget=forms.Textarea(attrs | {"rows": "4"}) if long else forms.TextInput(attrs=attrs))


class Joining(forms.Form):
    """What somebody without an account decides when they accept an invitation."""

    called = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        help_text=gettext_lazy("A few letters and digits are added to it, so that it is like no other."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("A password"),
        help_text=gettext_lazy("At least 12 characters. The next step sets up a passkey, and you will seldom need it."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=gettext_lazy("The password once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    zone = zone_field()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        password = given.get("password")
        if password and password != given.get("again"):
            self.add_error("again", _("The two passwords differ."))
        if password:
            try:
                password_validation.validate_password(password, Account(username=given.get("called", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return given
