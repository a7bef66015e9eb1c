"""Addresses of acting, signing and receipts. Ids are checked by their shape before anything looks them up."""

from django.urls import path, register_converter

from goodoffices.web.acting import views
from goodoffices.web.acting.desks import Id

register_converter(Id, "id")

urlpatterns = [
    path("rooms/<id:room>/do/<slug:command>/", views.do, name="do"),
    path("acts/<id:act>/sign/", views.sign, name="sign"),
    path("acts/<id:act>/", views.receipt, name="receipt"),
]
