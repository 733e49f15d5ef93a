from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mapping.services.reference import load_reference


class Command(BaseCommand):
    help = "Load code lists and NUTS regions into the database. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_reference()
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"The reference data cannot be read: {error}. See OUTLINES_DIR.") from None
        lists = ", ".join(f"{key} {count:,}" for key, count in loaded.codes.items())
        self.stdout.write(f"Codes: {lists}")
        for version, count in sorted(loaded.regions.items()):
            without = loaded.without_outline[version]
            named = f" ({', '.join(without[:8])}{' ...' if len(without) > 8 else ''})" if without else ""
            self.stdout.write(f"NUTS {version}: {count:,} regions, {len(without)} without an outline{named}")
