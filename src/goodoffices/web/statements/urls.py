"""Addresses of a room's statements."""

from django.urls import path

from goodoffices.web.statements import views

urlpatterns = [
    path("rooms/<id:room>/statements/", views.statements, name="statements"),
    path("rooms/<id:room>/statements/claims.json", views.claims, name="claims"),
    path("rooms/<id:room>/statements/issues/<slug:issue>/", views.issue, name="issue"),
    path("rooms/<id:room>/statements/meetings/<slug:meeting>/", views.accounts, name="accounts"),
]
