"""Addresses of the handover: by room, stage and point. Manifest numbers stand in forms and never in an address."""

from django.urls import path

from goodoffices.web.handover import observing, queue, views

ROOM = "rooms/<id:room>/handover/"
STAGE = ROOM + "<int:stage>/"

urlpatterns = [
    path(ROOM, views.handover, name="handover"),
    path(ROOM + "observations/", queue.observations, name="observations"),
    path(STAGE, views.stage, name="handover-stage"),
    path(STAGE + "statement.json", views.statement, name="stage-statement"),
    path(STAGE + "<slug:point>/", observing.point, name="handover-point"),
]
