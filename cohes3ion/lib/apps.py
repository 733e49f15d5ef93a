from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LibConfig(AppConfig):
    name = "cohes3ion.lib"
    label = "lib"

    def ready(self) -> None:
        from cohes3ion.lib import deployment  # noqa: F401  registers its checks, once the apps are loaded
        from cohes3ion.lib.change_marks import watch_tables  # once the apps are loaded
        from cohes3ion.lib.search.tables import set_up  # once the apps are loaded

        post_migrate.connect(watch_tables, sender=self)
        post_migrate.connect(set_up, sender=self)
