"""Addresses of what is made of the conditions in a room."""

from django.urls import path

from goodoffices.web.conditions import views

urlpatterns = [
    path("rooms/<id:room>/conditions/", views.compared, name="conditions"),
    path("rooms/<id:room>/entries/<int:seq>/conditions/", views.draft, name="draft-conditions"),
]
