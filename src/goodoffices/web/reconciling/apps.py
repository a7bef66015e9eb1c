from django.apps import AppConfig


class Reconciling(AppConfig):
    name = "goodoffices.web.reconciling"
    label = "web_reconciling"
