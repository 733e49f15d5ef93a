from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        """Add this app's kinds of rows to those the map knows, what is said about rows, what is searched."""
        from cohes3ion.lib.search import sources  # models exist only from here on
        from governance.models import ConsultationComment, Thread  # models exist only from here on
        from governance.selectors import searchable  # models exist only from here on
        from governance.selectors.kinds import KINDS  # models exist only from here on
        from mapping.selectors.kinds import named_by, register  # models exist only from here on

        for kind in KINDS:
            register(kind)
        for model in (Thread, ConsultationComment):
            named_by(model)
        sources.register(*searchable.sources())
        sources.register_scopes(**searchable.scopes())
