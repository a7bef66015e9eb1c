from django.apps import AppConfig


class Intake(AppConfig):
    name = "goodoffices.web.intake"
    label = "web_intake"
