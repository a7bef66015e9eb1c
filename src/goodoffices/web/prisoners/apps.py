from django.apps import AppConfig


class Prisoners(AppConfig):
    name = "goodoffices.web.prisoners"
    label = "web_prisoners"
