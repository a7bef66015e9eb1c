from django.apps import AppConfig


class Sealing(AppConfig):
    name = "goodoffices.web.sealing"
    label = "web_sealing"
