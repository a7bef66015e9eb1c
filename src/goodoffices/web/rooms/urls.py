"""Addresses of a room and of what is in it."""

from django.urls import path

from goodoffices.web.rooms import entries, views

urlpatterns = [
    path("rooms/<id:room>/", views.room, name="room"),
    path("rooms/<id:room>/entries/<int:seq>/", entries.entry, name="entry"),
    path("rooms/<id:room>/entries/<int:seq>/papers/<str:digest>/", entries.paper, name="paper"),
    path("rooms/<id:room>/meetings/<slug:meeting>/", views.meeting, name="meeting"),
    path("rooms/<id:room>/checkpoint", views.checkpoint, name="checkpoint"),
    path("rooms/<id:room>/export.zip", views.export, name="export"),
    path("rooms/<id:room>/verify/", views.verify, name="verify"),
]
