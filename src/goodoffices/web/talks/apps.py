from django.apps import AppConfig


class Talks(AppConfig):
    name = "goodoffices.web.talks"
    label = "web_talks"
