from django.apps import AppConfig


class Base(AppConfig):
    name = "goodoffices.web.base"
    label = "base"
