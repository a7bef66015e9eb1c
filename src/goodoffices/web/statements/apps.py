from django.apps import AppConfig


class Statements(AppConfig):
    name = "goodoffices.web.statements"
    label = "web_statements"
