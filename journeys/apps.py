from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "journeys"

    def ready(self) -> None:
        """Say what of this app can be searched."""
        from cohes3ion.lib.search import sources  # models exist only from here on
        from journeys.selectors import searchable  # models exist only from here on
        from journeys.selectors.concepts import names_of  # models exist only from here on
        from mapping.selectors.code_names import register_names  # models exist only from here on

        register_names(names_of)
        sources.register(*searchable.sources())
        sources.register_scopes(**searchable.scopes())
