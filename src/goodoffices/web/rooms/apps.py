from django.apps import AppConfig


class Rooms(AppConfig):
    name = "goodoffices.web.rooms"
    label = "web_rooms"
