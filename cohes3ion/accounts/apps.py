from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cohes3ion.accounts"
    label = "accounts"
