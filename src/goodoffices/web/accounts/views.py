"""The account's own pages. Signing in by password, app or code is django-allauth's, with our templates."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodoffices.storage.models import Account
from goodoffices.web.accounts import keys, links
from goodoffices.web.accounts.forms import PasskeyName, Zone

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def who(request: HttpRequest) -> Account:
    """The account that is signed in. Raises ``PermissionDenied``."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


@get_or_post
@login_required
def account(request: HttpRequest) -> HttpResponse:
    mine = who(request)
    form = Zone(request.POST or None, initial={"zone": mine.zone})
    if form.is_valid():
        Account.objects.filter(pk=mine.pk).update(zone=form.cleaned_data["zone"])
        messages.success(request, _("Times are now shown in the time zone you chose."))
        return redirect("account")
    kinds = set(Authenticator.objects.filter(user_id=mine.pk).values_list("type", flat=True))
    context = {
        "form": form,
        "passkeys": keys.passkeys(mine),
        "has_app": "totp" in kinds,
        "has_codes": "recovery_codes" in kinds,
    }
    return render(request, "accounts/account.html", context)


@get_or_post
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the link leaves it unused, so that a preview in a message does not burn it; the button uses it."""
    if request.method != "POST":
        link = links.waiting(token)
        return render(request, "accounts/link.html", {"link": link}, status=200 if link else 410)
    found = links.use(token)
    if found is None:
        return render(request, "accounts/link.html", {"link": None}, status=410)
    login(request, found, backend=BACKEND)
    return redirect("my-talks")


@require_safe
@login_required
def passkeys(request: HttpRequest) -> HttpResponse:
    found = [{"passkey": passkey, "id": keys.key_of(passkey)["id"]} for passkey in keys.passkeys(who(request))]
    return render(request, "accounts/passkeys.html", {"passkeys": found})


class AddPasskey(AddWebAuthnView):  # type: ignore[misc] # allauth publishes no types
    template_name = "accounts/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # Asked for anew: allauth leaves it to its own script to ask for one that is found without a sign-in name.
        context["options"] = json.dumps(webauthn.begin_registration(self.request.user, True))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        # The passkey was just used, by its verified owner: they need not prove it again to see their codes.
        record_authentication(self.request, self.request.user, "mfa", type="webauthn", reauthenticated=True)
        return response

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "mfa_list_webauthn")


@get_or_post
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator] # allauth publishes no types
def passkey(request: HttpRequest, credential: str) -> HttpResponse:
    """Rename or remove one passkey. Its address is its credential id: a row's number would count other people's."""
    found = keys.passkey_called(who(request), credential)
    if found is None:
        raise Http404
    form = PasskeyName(request.POST if "name" in request.POST else None, initial={"name": found.wrap().name})
    if "remove" in request.POST:
        flows.remove_authenticator(request, found)
        return redirect("mfa_list_webauthn")
    if form.is_valid():
        flows.rename_authenticator(request, found, form.cleaned_data["name"])
        return redirect("mfa_list_webauthn")
    return render(request, "accounts/passkey.html", {"form": form, "passkey": found})
