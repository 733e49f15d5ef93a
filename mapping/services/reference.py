"""Code lists and NUTS regions from their files into the database. Running it again changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cohes3ion.lib.search.words import search_text
from mapping.models import Code, CodeList, NutsRegion
from mapping.selectors.reference import (
    CODE_LISTS,
    NUTS_VERSIONS,
    outlined_codes,
    reference_list,
)

# SQLite takes a limited number of values in one statement.
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class LoadedReference:
    """How many codes each list has, how many regions each version of NUTS, and those without an outline."""

    codes: Mapping[str, int]
    regions: Mapping[str, int]
    without_outline: Mapping[str, tuple[str, ...]]


@transaction.atomic
def load_reference() -> LoadedReference:
    """Bring code lists and NUTS regions up to date with the files.

    Codes that left a list stay: rows of maps may still use them.
    """
    codes = {}
    for name in CODE_LISTS:
        content = reference_list(name)
        codes[content["key"]] = _load_list(content)
    regions, without = {}, {}
    for version, name in NUTS_VERSIONS.items():
        rows = reference_list(name)["codes"]
        drawn = outlined_codes(version=version)
        _load_regions(version, rows, drawn)
        regions[version] = len(rows)
        without[version] = tuple(row["code"] for row in rows if row["code"] not in drawn)
    return LoadedReference(codes=codes, regions=regions, without_outline=without)


def _load_list(content: Mapping[str, Any]) -> int:
    code_list, _ = CodeList.objects.update_or_create(
        key=content["key"],
        defaults={
            "title": content["title"],
            "version": content["version"],
            "source": content["source"],
            "is_official": content["wording"] == "official",
            "notice": content["notice"],
        },
    )
    known = {code.key: code for code in Code.objects.filter(code_list=code_list)}
    wanted = [_code(code_list, row) for row in content["codes"]]
    # In the order of the file: rows are listed by their number.
    made = Code.objects.bulk_create([code for code in wanted if code.key not in known], batch_size=BATCH)
    known.update({code.key: code for code in made})
    parents = {
        f"{code_list.key}:{row['code']}": row["parent"] and known[f"{code_list.key}:{row['parent']}"].pk
        for row in content["codes"]
    }
    changed = []
    for code in wanted:
        row = known[code.key]
        new = (code.label, code.depth, code.search, parents[code.key])
        if (row.label, row.depth, row.search, row.parent_id) != new:
            row.label, row.depth, row.search, row.parent_id = new
            changed.append(row)
    Code.objects.bulk_update(changed, ["label", "depth", "search", "parent"], batch_size=BATCH)
    return len(wanted)


def _code(code_list: CodeList, row: Mapping[str, Any]) -> Code:
    return Code(
        code_list=code_list,
        key=f"{code_list.key}:{row['code']}",
        code=row["code"],
        label=row["label"],
        depth=row["depth"],
        search=search_text(row["label"]),
    )


def _load_regions(version: str, rows: list[dict[str, Any]], drawn: set[str]) -> None:
    fields = ("name", "latin_name", "level", "parent_code", "country", "has_outline", "search")
    known = {region.code: region for region in NutsRegion.objects.filter(version=version)}
    wanted = [_region(version, row, row["code"] in drawn) for row in rows]
    new = [region for region in wanted if region.code not in known]
    NutsRegion.objects.bulk_create(new, batch_size=BATCH)
    changed = []
    for region in wanted:
        old = known.get(region.code)
        if old and any(getattr(old, field) != getattr(region, field) for field in fields):
            region.pk = old.pk
            changed.append(region)
    NutsRegion.objects.bulk_update(changed, fields, batch_size=BATCH)


def _region(version: str, row: Mapping[str, Any], has_outline: bool) -> NutsRegion:
    names = dict.fromkeys((search_text(row["label"]), search_text(row["latin"])))
    return NutsRegion(
        version=version,
        code=row["code"],
        name=row["label"],
        latin_name=row["latin"],
        level=row["depth"],
        parent_code=row["parent"] or "",
        country=row["country"],
        has_outline=has_outline,
        search=" ".join(names),
    )
