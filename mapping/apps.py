from django.apps import AppConfig


class MappingConfig(AppConfig):
    name = "mapping"

    def ready(self) -> None:
        """Say what of this app can be searched."""
        from cohes3ion.lib.search.sources import register  # models exist only from here on
        from mapping.selectors.searchable import sources  # models exist only from here on

        register(*sources())
