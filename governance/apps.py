from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        """Add this app's kinds of rows to those the map knows."""
        from governance.selectors.kinds import KINDS  # models exist only from here on
        from mapping.selectors.kinds import register  # models exist only from here on

        for kind in KINDS:
            register(kind)
