"""Addresses. Rooms are addressed by their random ids and entries by seq; nothing in an address tells anything else."""

from __future__ import annotations

from django.urls import include, path

from goodoffices.web.acting import views as acting
from goodoffices.web.base import views as base
from goodoffices.web.rooms import views as rooms

handler400 = "goodoffices.web.base.errors.malformed"
handler403 = "goodoffices.web.base.errors.refused"
handler404 = "goodoffices.web.base.errors.missing"
handler500 = "goodoffices.web.base.errors.failed"

urlpatterns = [
    path("", base.my_talks, name="my-talks"),
    path("", include("goodoffices.web.accounts.urls")),
    path("invitations/", include("goodoffices.web.invitations.urls")),
    path("rooms/<str:room>/", rooms.room, name="room"),
    path("rooms/<str:room>/entries/<int:seq>/", rooms.entry, name="entry"),
    path("rooms/<str:room>/entries/<int:seq>/papers/<str:digest>/", rooms.paper, name="paper"),
    path("rooms/<str:room>/checkpoint/", rooms.checkpoint, name="checkpoint"),
    path("rooms/<str:room>/export/", rooms.export, name="export"),
    path("rooms/<str:room>/verify/", rooms.verify, name="verify"),
    path("rooms/<str:room>/do/<slug:command>/", acting.do, name="do"),
    path("acts/<str:act>/sign/", acting.sign, name="sign"),
    path("acts/<str:act>/", acting.receipt, name="receipt"),
]
