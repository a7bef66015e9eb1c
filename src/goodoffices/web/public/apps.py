from django.apps import AppConfig


class Public(AppConfig):
    name = "goodoffices.web.public"
    label = "web_public"
