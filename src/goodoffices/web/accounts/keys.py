"""A passkey as the signing key that a record names."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from fido2 import cbor

from goodoffices.record import signatures
from goodoffices.record.webauthn import to_base64url
from goodoffices.storage.models import Account


def key_of(passkey: Authenticator) -> dict[str, str]:
    """``{"type": "webauthn", "id", "cose", "rp"}``: credential id and COSE key in base64url, and our host name."""
    credential = passkey.wrap().authenticator_data.credential_data
    return {
        "type": "webauthn",
        "id": to_base64url(credential.credential_id),
        "cose": to_base64url(cbor.encode(dict(credential.public_key))),
        "rp": settings.HOST,
    }


def passkeys(account: Account) -> list[Authenticator]:
    """The account's passkeys, oldest first."""
    return list(
        Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.WEBAUTHN).order_by("created_at", "pk")
    )


def signing_keys(account: Account) -> list[dict[str, str]]:
    """The account's passkeys as keys that a record can name. One of another kind only signs in."""
    return [key for key in map(key_of, passkeys(account)) if _can_sign(key)]


def _can_sign(key: dict[str, str]) -> bool:
    try:
        signatures.check_key(key)
    except signatures.BadSignature:
        return False
    return True


def passkey_called(account: Account, credential: str) -> Authenticator | None:
    """The account's passkey with this credential id (base64url)."""
    return next((passkey for passkey in passkeys(account) if key_of(passkey)["id"] == credential), None)
