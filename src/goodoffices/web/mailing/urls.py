"""Addresses of letters. Those in letters carry a signed token and nothing that can be read."""

from django.urls import path

from goodoffices.web.mailing import views

urlpatterns = [
    path("public/<id:talks>/subscribe/", views.subscribe, name="subscribe"),
    path("letters/confirm/<str:token>/", views.confirm, name="confirm-letters"),
    path("letters/stop/<str:token>/", views.stop, name="stop-letters"),
    path("letters/reminders/confirm/<str:token>/", views.confirm_reminders, name="confirm-reminders"),
    path("letters/reminders/stop/<str:token>/", views.stop_reminders, name="stop-reminders"),
    path("account/reminders/", views.reminders, name="reminders"),
]
