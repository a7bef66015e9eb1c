"""Addresses of an exchange of prisoners. Lists and plans go by the seq of their entry, nobody by name."""

from django.urls import path

from goodoffices.web.prisoners import drawing, listed, persons, planning, plans, views

ROOM = "rooms/<id:room>/prisoners/"
LIST = ROOM + "lists/<int:seq>/"
PLAN = ROOM + "plans/<int:seq>/"

urlpatterns = [
    path(ROOM, views.overview, name="prisoners"),
    path(ROOM + "persons/", persons.persons, name="persons"),
    path(ROOM + "draw/", drawing.draw, name="draw-list"),
    path(ROOM + "plan/", planning.propose, name="propose-plan"),
    path(LIST, listed.listed, name="agreed-list"),
    path(LIST + "agreed.csv", listed.file, name="agreed-list-file"),
    path(PLAN, plans.plan, name="plan"),
    path(PLAN + "manifests/<slug:language>/", plans.manifests, name="manifests"),
    path(PLAN + "<str:name>", plans.file, name="plan-file"),
]
