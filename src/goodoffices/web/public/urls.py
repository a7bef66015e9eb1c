"""Addresses of what everybody may read. An exported folder has the same."""

from django.urls import path, re_path

from goodoffices.web.public import views

urlpatterns = [
    path("public/", views.public, name="public"),
    path("public/feed.<slug:feed>", views.feed, name="feed"),
    path("public/<id:talks>/", views.talks, name="public-talks"),
    path("public/<id:talks>/feed.<slug:feed>", views.feed_of_talks, name="feed-of-talks"),
    path("public/<id:talks>/all/", views.whole, name="public-whole"),
    re_path(r"^public/(?P<talks>[0-9a-f]{32})/(?P<leaf>[0-9a-f]{64})/$", views.item, name="published"),
]
