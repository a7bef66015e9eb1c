"""Addresses of lists: by room and the entry that filed a version. Nobody's name or number stands in one."""

from django.urls import path

from goodoffices.web.lists import filing, naming, taking_out, views

ROOM = "rooms/<id:room>/lists/"
ONE = ROOM + "<int:seq>/"

urlpatterns = [
    path(ROOM, views.of_room, name="lists"),
    path(ROOM + "file/", filing.file_list, name="file-list"),
    path(ONE, views.one, name="list"),
    path(ONE + "correct/", filing.correct, name="correct-list"),
    path(ONE + "leave/", views.leave, name="list-leave"),
    path(ONE + "name/", naming.name_own, name="name-own"),
    path(ONE + "take-out/", taking_out.export, name="export-list"),
    path(ONE + "erase-person/", taking_out.erase_person, name="erase-person"),
    path(ONE + "erase/", taking_out.erase_list, name="erase-list"),
]
