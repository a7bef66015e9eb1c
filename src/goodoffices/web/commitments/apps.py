from django.apps import AppConfig


class Commitments(AppConfig):
    name = "goodoffices.web.commitments"
    label = "web_commitments"
