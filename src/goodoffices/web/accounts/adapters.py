"""How django-allauth behaves here: nobody signs up by themselves, and passkeys belong to this office's host name."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.storage.models import Account, Invitation


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth publishes no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        return False  # accounts arise from invitations, or at the command line

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody goes who has signed in: to the seat that waits for them, else to their talks."""
        return after_signing_in(request.user) if isinstance(request.user, Account) else reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's
        return reverse("account")


def after_signing_in(account: Account) -> str:
    waits = Invitation.objects.filter(invitee=account, accepted=None).exists()
    return reverse("joining" if waits else "my-talks")


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth publishes no types
    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes: a copy of the database alone does not give them away."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.HOST, "name": "Good Offices"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        return {"id": user_pk_to_url_str(user).encode(), "name": user.username, "display_name": user.username}


def _cipher() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"goodoffices second step").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
