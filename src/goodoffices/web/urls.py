"""Addresses, a line a screen. Rooms go by their random ids and entries by seq; nothing in them tells anything else."""

from __future__ import annotations

from django.urls import include, path

handler400 = "goodoffices.web.base.errors.malformed"
handler403 = "goodoffices.web.base.errors.refused"
handler404 = "goodoffices.web.base.errors.missing"
handler500 = "goodoffices.web.base.errors.failed"

urlpatterns = [
    path("", include("goodoffices.web.acting.urls")),  # the first: it says what an id looks like
    path("", include("goodoffices.web.talks.urls")),
    path("", include("goodoffices.web.rooms.urls")),
    path("", include("goodoffices.web.commitments.urls")),
    path("", include("goodoffices.web.reconciling.urls")),
    path("", include("goodoffices.web.conditions.urls")),
    path("", include("goodoffices.web.intake.urls")),
    path("", include("goodoffices.web.handover.urls")),
    path("", include("goodoffices.web.sealing.urls")),
    path("", include("goodoffices.web.prisoners.urls")),
    path("", include("goodoffices.web.statements.urls")),
    path("", include("goodoffices.web.lists.urls")),
    path("", include("goodoffices.web.public.urls")),
    path("", include("goodoffices.web.mailing.urls")),
    path("", include("goodoffices.web.calendars.urls")),
    path("", include("goodoffices.web.accounts.urls")),
    path("invitations/", include("goodoffices.web.invitations.urls")),
]
