"""Addresses of invitations. A token may be anything: what is none, and what no longer is one, get the same answer."""

from __future__ import annotations

from django.urls import path, re_path

from goodoffices.web.invitations import views

urlpatterns = [
    path("", views.invitations, name="invitations"),
    path("joining/", views.joining, name="joining"),
    re_path(r"^new/(?P<room>[0-9a-f]{32})/$", views.invite, name="invite"),
    re_path(r"^(?P<digest>[0-9a-f]{64})/seat/$", views.seat, name="seat"),
    re_path(r"^(?P<digest>[0-9a-f]{64})/withdraw/$", views.withdraw, name="withdraw-invitation"),
    path("link/<str:token>/", views.invitation, name="invitation"),
]
