from django.apps import AppConfig


class Acting(AppConfig):
    name = "goodoffices.web.acting"
    label = "web_acting"
