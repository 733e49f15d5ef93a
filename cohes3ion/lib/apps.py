from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "cohes3ion.lib"
    label = "lib"
