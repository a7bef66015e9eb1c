from django.apps import AppConfig


class Mailing(AppConfig):
    name = "goodoffices.web.mailing"
    label = "web_mailing"
