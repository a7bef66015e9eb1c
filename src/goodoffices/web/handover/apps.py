from django.apps import AppConfig


class Handover(AppConfig):
    name = "goodoffices.web.handover"
    label = "handover"
