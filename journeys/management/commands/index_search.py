from typing import Any

from django.core.management.base import BaseCommand

from cohes3ion.lib.search.index import make_index


class Command(BaseCommand):
    help = "Make the index of the search anew. It follows every change by itself; this is for a doubt."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"The index of the search has {make_index()} entries.")
