from django.apps import AppConfig


class Accounts(AppConfig):
    name = "goodoffices.web.accounts"
    label = "web_accounts"
