"""Addresses of the pages about whole talks."""

from django.urls import path

from goodoffices.web.talks import opening, views

urlpatterns = [
    path("", views.my_talks, name="my-talks"),
    path("talks/open/", opening.open_talks, name="open-talks"),
    path("talks/<id:talks>/", views.talks, name="talks"),
]
