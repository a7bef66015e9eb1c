"""Proposing an exchange: who holds, how many of them open, what the papers must speak of, and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from goodoffices.papers.topics import TOPICS
from goodoffices.readouts import codes
from goodoffices.sealing import terms as terms_
from goodoffices.secretariat.acts import Step
from goodoffices.secretariat.binding import BadField
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.sealing.acting import done
from goodoffices.web.sealing.finding import Here, here

USUAL = 2  # of three holders


class ProposeForm(forms.Form):
    """The terms that a person chooses; keys and signers are those on the record."""

    act = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    holders = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    k = forms.IntegerField(min_value=1, max_value=terms_.MAX_HOLDERS, initial=USUAL)
    topics = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    deadline = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M")
    )
    bucket = forms.ChoiceField(initial=str(terms_.DEFAULT_BUCKET))

    def __init__(self, where: Here, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self._describe("holders", _("Holders"), _("They open the papers, and only when both are sealed."))
        self._describe(
            "k",
            _("How many of them open"),
            _("2 of 3 is usual. With 1, every holder could read both papers early by itself: that is weaker."),
        )
        self._describe("topics", _("Required topics"), _("A paper that leaves one of them blank shows it on opening."))
        self._describe("deadline", _("Deadline for sealing"), _("In your time zone, {zone}.").format(zone=zone))
        self._describe(
            "bucket",
            _("Largest paper"),
            _("Every paper is filled up to this size before it is sealed, so that none tells how long it is."),
        )
        holders = self.fields["holders"]
        if isinstance(holders, forms.MultipleChoiceField):
            holders.choices = [(id, format_html("<bdi>{}</bdi>", name)) for id, name in could_hold(where)]
        for name, options in (("topics", _topics()), ("bucket", _buckets())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = options

    def _describe(self, name: str, label: str, help_text: str) -> None:
        self.fields[name].label, self.fields[name].help_text = label, help_text

    def raw(self) -> dict[str, Any]:
        """As the desk takes it. Call after ``is_valid``."""
        given = self.cleaned_data
        return {
            "holders": given["holders"],
            "k": given["k"],
            "topics": given["topics"],
            "deadline": given["deadline"].isoformat(),
            "bucket": given["bucket"],
        }


def could_hold(where: Here) -> list[tuple[str, str]]:
    """Delegations here that are no side and have named their key, by id and name."""
    state, seats = where.state, where.view.seats
    members = (d for d in seats.delegations.values() if d.until is None and d.role != "party")
    return [(d.id, where.names.delegation(d.id)) for d in members if state.current(d.id) is not None]


def _topics() -> list[tuple[str, str]]:
    return [(topic, codes.topic(topic, _)) for topic in TOPICS]


def _buckets() -> list[tuple[str, str]]:
    return [(str(size), filesizeformat(size)) for size in terms_.BUCKETS]


@get_or_post
@login_required
def propose(request: HttpRequest, room: str) -> HttpResponse:
    """The form of the terms; posting it proposes them."""
    where = here(request, room)
    if request.method != "POST":
        return _form(request, where, ProposeForm(where, initial={"act": randomness.hex_id()}))
    form = ProposeForm(where, request.POST)
    if form.is_valid():
        try:
            return done(request, where, [Step(room, "propose-exchange", form.raw())])
        except BadField as refusal:
            form.add_error(refusal.name if refusal.name in form.fields else None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _form(request, where, form)


def _form(request: HttpRequest, where: Here, form: ProposeForm) -> HttpResponse:
    context = {"room": where.view, "form": form, "holders": could_hold(where)}
    return render(request, "sealing/propose.html", context, status=422 if form.errors else 200)
