from django.apps import AppConfig


class Calendars(AppConfig):
    name = "goodoffices.web.calendars"
    label = "web_calendars"
