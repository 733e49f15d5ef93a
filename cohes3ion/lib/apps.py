from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
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
        say_our_own_sentence()


def say_our_own_sentence() -> None:
    """Of a text that is too long, wherever it is typed: a field that is added cannot forget it."""
    from cohes3ion.lib.typed_texts import TOO_LONG  # once the settings are there

    MaxLengthValidator.message = TOO_LONG
