"""Addresses of a room's commitments."""

from django.urls import path

from goodoffices.web.commitments import views

urlpatterns = [
    path("rooms/<id:room>/commitments/", views.commitments, name="commitments"),
    path("rooms/<id:room>/terms/", views.terms, name="terms"),
]
