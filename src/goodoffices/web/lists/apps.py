from django.apps import AppConfig


class Lists(AppConfig):
    name = "goodoffices.web.lists"
    label = "lists"
