"""What the converter makes up itself, taken back: it stands in no sheet and is no question for a person."""

from collections.abc import Iterable, Mapping
from typing import Any

HEADING = "generated_table_list_label_"
LABELS = "reserved_name_for_field_list_labels_"
Form = dict[str, Any]


def without_made_up(form: Mapping[str, Any], *, rows: Mapping[str, list[int]]) -> Form:
    """The form as it was written. `rows`: the names that stand in the survey sheet.

    A count of repetitions goes back to its group, the heading of a table of choices to its group, a row of
    labels above such a table goes, and choices in a random order come back to their question.
    """
    lists = form.get("choices") or {}
    return {**form, "children": taken_back(form.get("children", []), rows=rows, lists=lists)}


def taken_back(
    children: Iterable[Form], *, rows: Mapping[str, list[int]], lists: Mapping[str, Any]
) -> list[Form]:
    found: list[Form] = []
    for given in children:
        row, name = dict(given), str(given.get("name", ""))
        if name.startswith(LABELS) and name not in rows:
            continue
        if row.get("children"):
            row["children"] = taken_back(with_heading(row, rows=rows), rows=rows, lists=lists)
        if row.get("type") == "repeat" and found:
            with_count(row, found, rows=rows)
        with_choices(row, lists)
        found.append(row)
    return found


def with_heading(row: Form, *, rows: Mapping[str, list[int]]) -> list[Form]:
    """The rows inside a group, its own heading back at the group."""
    first: Form
    others: list[Form]
    first, *others = row["children"]
    name = str(first.get("name", ""))
    if not name.startswith(HEADING) or name in rows:
        return list(row["children"])
    row |= {key: first[key] for key in ("label", "hint") if key in first}
    return others


def with_count(row: Form, before: list[Form], *, rows: Mapping[str, list[int]]) -> None:
    """“${plots_count}” is the count that was written, and no calculation of that name."""
    name, control = str(before[-1].get("name", "")), row.get("control")
    made_up = name == f"{row.get('name')}_count" and name not in rows
    if made_up and isinstance(control, dict) and control.get("jr:count") == f"${{{name}}}":
        counted = before.pop().get("bind", {}).get("calculate", "")
        row["control"] = {**control, "jr:count": counted}


def with_choices(row: Form, lists: Mapping[str, Any]) -> None:
    """The list by its name, also where the converter gives the choices alone or the name alone."""
    if row.get("type") == "loop":
        columns = row.get("columns")
        row["list_name"] = next((name for name, choices in lists.items() if choices == columns), "")
    elif str(row.get("type", "")).startswith("select") and row.get("itemset") in lists:
        row |= {"choices": lists[row["itemset"]], "list_name": row["itemset"]}
