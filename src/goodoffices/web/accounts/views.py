"""The account's own pages. Signing in by password, app or code is django-allauth's, with our templates."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodoffices.record import webauthn as recorded
from goodoffices.secretariat.desk import SignatureNeeded
from goodoffices.storage.models import Account
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.accounts import keys, links, naming
from goodoffices.web.accounts.adapters import after_signing_in
from goodoffices.web.accounts.forms import PasskeyName, Zone
from goodoffices.web.acting import drafts
from goodoffices.web.acting.desks import account as who
from goodoffices.web.acting.desks import desk
from goodoffices.web.mailing.settings import sends

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SIGNING = {recorded.ES256, recorded.EDDSA, recorded.RS256}  # kinds of passkeys that a record can check
GONE = 410
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@login_required
def account(request: HttpRequest) -> HttpResponse:
    mine = who(request)
    form = Zone(request.POST or None, initial={"zone": mine.zone or "UTC"})
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
        "signing": [_named(mine, talks) for talks in naming.by_talks(desk(request))],
        "act": randomness.hex_id(),
        "sends": sends(),
    }
    return render(request, "accounts/account.html", context)


def _named(mine: Account, talks: naming.InTalks) -> dict[str, Any]:
    """What the account page says of one talks: keys named there, and passkeys that could be."""
    called = {keys.key_of(passkey)["id"]: passkey.wrap().name for passkey in keys.passkeys(mine)}
    named = [
        {"key": key, "label": naming.label(key), "name": called.get(key.get("id", "")), "missing": talks.without(key)}
        for key in talks.named
    ]
    usable = [
        {"id": key["id"], "name": called[key["id"]], "replaceable": talks.to_be_replaced(key)}
        for key in keys.signing_keys(mine)
        if talks.without(key)
    ]
    return {"talks": talks, "named": named, "usable": usable}


@require_POST
@login_required
def name_key(request: HttpRequest, talks: str) -> HttpResponse:
    """Name one of one's passkeys in every room of these talks; a key named there before signs it."""
    mine = who(request)
    there = next((one for one in naming.by_talks(desk(request)) if one.talks == talks), None)
    if there is None:
        raise Http404
    given = request.POST
    asked = naming.request(mine, given.get("act", ""), there, given.get("credential", ""), given.get("replaces", ""))
    if asked is None or not _is_id(asked.act):
        messages.info(request, _("There is nothing to name: that key stands in all your rooms of these talks."))
        return redirect("account")
    try:
        desk(request).act(asked)
    except SignatureNeeded as needed:
        drafts.keep(mine, needed.prepared)
        return redirect("sign", act=asked.act)
    except Refusal as refusal:
        messages.error(request, _("Nothing was written. {why}").format(why=refusal))
        return redirect("account")
    messages.success(request, _("Your passkey is named as your signing key."))
    return redirect("account")


def _is_id(text: str) -> bool:
    return len(text) == 32 and all(character in "0123456789abcdef" for character in text)


@get_or_post
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the link leaves it unused, so that a preview in a message does not burn it; the button uses it."""
    if request.method != "POST":
        link = links.waiting(token)
        return render(request, "accounts/link.html", {"link": link}, status=200 if link else GONE)
    found = links.use(token)
    if found is None:
        return render(request, "accounts/link.html", {"link": None}, status=GONE)
    login(request, found, backend=BACKEND)
    # Whoever lost their passkey adds another now: the link stands for what would be asked again.
    record_authentication(request, found, "link", reauthenticated=True)
    return redirect(after_signing_in(found))


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
        asked = webauthn.begin_registration(self.request.user, True)
        public = dict(asked["publicKey"])
        public["pubKeyCredParams"] = [kind for kind in public["pubKeyCredParams"] if kind["alg"] in SIGNING]
        context["options"] = json.dumps({"publicKey": public}, default=dict)
        context["form"] = kwargs.get("form", context["form"])
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        # The passkey was just used, by its verified owner: they need not prove it again to see their codes.
        record_authentication(self.request, self.request.user, "mfa", type="webauthn", reauthenticated=True)
        return response

    def get_success_url(self) -> str:
        after = after_signing_in(who(self.request))
        if after == reverse("joining"):
            return after
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
