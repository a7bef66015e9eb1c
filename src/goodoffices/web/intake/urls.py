"""Addresses of intake. Nothing of a text is ever in one: sources go by random ids, drafts by their number."""

from django.urls import path

from goodoffices.web.intake import views

urlpatterns = [
    path("intake/", views.mine, name="intake-mine"),
    path("intake/<id:source>/erase/", views.erase, name="intake-erase"),
    path("rooms/<id:room>/intake/", views.begin, name="intake"),
    path("rooms/<id:room>/intake/<id:source>/", views.source, name="intake-source"),
    path("rooms/<id:room>/intake/<id:source>/enter/", views.enter, name="intake-enter"),
    path("rooms/<id:room>/intake/<id:source>/drafts/<int:number>/", views.draft, name="intake-draft"),
]
