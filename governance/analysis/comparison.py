"""Two runs of one analysis side by side: which levels and verdicts changed, and which inputs differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance.scoring.answer_table import item_rows

Json = Mapping[str, Any]
SHOWN = 1e-9  # what differs by less is the same number
FIELDS = ("score", "lower", "upper", "target", "target_gap", "gap_status", "peer_gap", "best_gap")
ORDERS = ("statements_of_order", "order_of_work")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One value that differs. None: there was none, or there is none now.

    kind: level, order, verdict, priority, or input.
    """

    kind: str
    region: str
    key: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class RunComparison:
    """What changed between two runs, and why: `causes` are the inputs that differ."""

    changes: tuple[Change, ...]
    causes: tuple[Change, ...]
    n_same: int


def _apart(before: Any, after: Any) -> bool:
    if isinstance(before, float | int) and isinstance(after, float | int):
        return abs(before - after) > SHOWN
    return bool(before != after)


def compare_results(before: Json, after: Json) -> tuple[tuple[Change, ...], int]:
    """What differs: levels, gap statuses and statements of order (gap analysis), verdicts on pairs (synergy
    analysis), or on priorities (evidence from statistics).

    Returns the changes in the order of the second result, then what is only in the first, and the number
    of values that stayed as they were. Equal means equal to within 1e-9.
    """
    first, second = _values(before), _values(after)
    keys = [*second, *(key for key in first if key not in second)]
    changes = tuple(
        Change(
            kind=key[0], region=key[1], key=key[2], field=key[3], before=first.get(key), after=second.get(key)
        )
        for key in keys
        if _apart(first.get(key), second.get(key))
    )
    return changes, len(keys) - len(changes)


_Key = tuple[str, str, str, str]


def _values(result: Json) -> dict[_Key, Any]:
    """Every compared value under its place."""
    found: dict[_Key, Any] = {}
    for region in result["regions"]:
        name = str(region.get("region") or region.get("region_id"))
        for row in region.get("dimensions", ()):
            for field in FIELDS:
                found["level", name, row["code"], field] = row.get(field)
        for name_of_order in ORDERS:
            for row in region.get(name_of_order, ()):
                place = f"{row['wider']} > {row['narrower']}"
                found["order", name, place, name_of_order] = "robust" if row["robust"] else "not_robust"
        for row in region.get("pairs", ()):
            place = "-".join(sorted((str(row["a"]), str(row["b"]))))
            found["verdict", name, place, "kind"] = row["kind"]
            found["verdict", name, place, "coordination"] = row["coordination"]
        for row in region.get("evidence", ()):
            found["priority", name, row["domain"], "kind"] = row["type"]
    return found


def compare_inputs(before: Json, after: Json) -> tuple[Change, ...]:
    """Why results may differ: thresholds, seed, method, answers and needed levels, rows of the map."""
    causes: list[Change] = []
    for name in sorted({*before.get("thresholds", {}), *after.get("thresholds", {})}):
        values = before["thresholds"].get(name), after["thresholds"].get(name)
        if _apart(*values):
            causes.append(_cause("", name, "threshold", *values))
    for name in sorted({*before.get("card", {}), *after.get("card", {})}):
        values = before["card"].get(name), after["card"].get(name)
        if _apart(*values):
            causes.append(_cause("", name, "table", *values))
    causes += [
        _cause("", name, name, before.get(name), after.get(name))
        for name in ("method", "seed")
        if before.get(name) != after.get(name)
    ]
    if "indicators" in before:
        return (*causes, *_declared(before["indicators"], after["indicators"]))
    if before.get("regions") is not None:
        return (*causes, *_answers(before["regions"], after["regions"]))
    for name in ("units", "capabilities", "priorities", "spaces", "actors", "ties"):
        causes += _rows(name, before.get(name, ()), after.get(name, ()))
    return tuple(causes)


def _declared(before: Json, after: Json) -> list[Change]:
    """Priorities by the divisions of their codes that came or went."""
    old, new = (
        {(str(row["territory_id"]), row["domain"]) for row in table["priorities"]}
        for table in (before, after)
    )
    return [
        _cause(region, domain, "priorities", (region, domain) in old, (region, domain) in new)
        for region, domain in sorted(old ^ new)
    ]


def _cause(region: str, key: str, field: str, before: Any, after: Any) -> Change:
    return Change(kind="input", region=region, key=key, field=field, before=before, after=after)


def _answers(before: Sequence[Json], after: Sequence[Json]) -> list[Change]:
    """Per region and theme, how many answers differ; needed levels one by one. No single answer is told."""
    old, new = ({row["region"]: row for row in rows} for rows in (before, after))
    causes: list[Change] = []
    for region in dict.fromkeys([*old, *new]):
        first, second = old.get(region), new.get(region)
        if first is None or second is None:
            causes.append(_cause(region, "", "region", first is not None, second is not None))
            continue
        if first["released"] != second["released"]:
            causes.append(_cause(region, "", "released", first["released"], second["released"]))
        items = [
            {
                _item_key(item): (item["kind"], item["level"], item["importance"])
                for item in item_rows(row["items"])
            }
            for row in (first, second)
        ]
        apart: dict[str, int] = {}
        for key in {*items[0], *items[1]}:
            if items[0].get(key) != items[1].get(key):
                apart[key[0]] = apart.get(key[0], 0) + 1
        causes += [_cause(region, theme, "answers", None, n) for theme, n in sorted(apart.items())]
        themes = {*first["targets"], *second["targets"]}
        causes += [
            _cause(region, theme, "target", first["targets"].get(theme), second["targets"].get(theme))
            for theme in sorted(themes)
            if first["targets"].get(theme) != second["targets"].get(theme)
        ]
    return causes


def _item_key(item: Json) -> tuple[str, str, str, Any]:
    return item["dimension"], item["code"], item["respondent"], item["unit"]


def _rows(name: str, before: Sequence[Json], after: Sequence[Json]) -> list[Change]:
    """Rows of the map that came, went or changed, field by field; strengths among them."""
    old, new = ({_row_key(row): row for row in rows} for rows in (before, after))
    causes: list[Change] = []
    for key in dict.fromkeys([*old, *new]):
        first, second = old.get(key), new.get(key)
        title = str((second or first or {}).get("name", key))
        if first is None or second is None:
            causes.append(_cause("", title, name, first is not None, second is not None))
            continue
        causes += [
            _cause("", title, field, first.get(field), second.get(field))
            for field in {**first, **second}
            if first.get(field) != second.get(field)
        ]
    return causes


def _row_key(row: Json) -> Any:
    return row["id"] if "id" in row else (row["source"], row["target"])


def compare_runs(before: tuple[Json, Json], after: tuple[Json, Json]) -> RunComparison:
    """Two runs as (inputs, result)."""
    changes, same = compare_results(before[1], after[1])
    return RunComparison(changes=changes, causes=compare_inputs(before[0], after[0]), n_same=same)
