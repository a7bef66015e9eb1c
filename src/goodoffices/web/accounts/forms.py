"""Forms of the account's own pages."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


def zones() -> list[tuple[str, str]]:
    """Time zones by place, as people look for them; UTC first."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Your time zone"), help_text=_("Times are shown in it, beside those of the venue."), choices=zones
    )


class SignIn(LoginForm):  # type: ignore[misc] # allauth publishes no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)  # a label says it, and does not vanish


class Zone(forms.Form):
    zone = zone_field()


class PasskeyName(forms.Form):
    name = forms.CharField(label=_("Name of this passkey"), max_length=60)


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc] # allauth publishes no types
    """Every passkey signs in and signs acts, so there is no choice to make between kinds."""

    passwordless = None
    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("So that you know it again, such as “phone” or “office laptop”."),
        max_length=60,
        required=False,
    )
    field_order = ["name", "credential"]
