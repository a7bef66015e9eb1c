"""Addresses of what everybody may read."""

from django.urls import path

from goodoffices.web.public import views

urlpatterns = [
    path("public/", views.public, name="public"),
    path("public/<id:talks>/", views.talks, name="public-talks"),
]
