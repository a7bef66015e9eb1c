"""Addresses of calendars."""

from django.urls import path

from goodoffices.web.calendars import views

urlpatterns = [
    path("account/calendar/", views.calendar, name="calendar"),
    path("account/calendar/talks.ics", views.download, name="calendar-file"),
    path("calendars/<str:token>/talks.ics", views.followed, name="followed-calendar"),
]
