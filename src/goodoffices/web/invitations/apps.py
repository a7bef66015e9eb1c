from django.apps import AppConfig


class Invitations(AppConfig):
    name = "goodoffices.web.invitations"
    label = "web_invitations"
