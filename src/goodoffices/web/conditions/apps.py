from django.apps import AppConfig


class Conditions(AppConfig):
    name = "goodoffices.web.conditions"
    label = "web_conditions"
