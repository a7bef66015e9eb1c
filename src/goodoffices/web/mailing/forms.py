"""The one field of asking for letters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from goodoffices.storage.models.mail import ADDRESS


class Address(forms.Form):
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
