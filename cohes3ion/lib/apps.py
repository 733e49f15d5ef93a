from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "cohes3ion.lib"
    label = "lib"

    def ready(self) -> None:
        from cohes3ion.lib import deployment  # noqa: F401  registers its checks, once the apps are loaded
