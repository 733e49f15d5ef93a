"""What the codes of a row are called, for the search: their label, and names in other languages."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cohes3ion.lib.search.sources import Watched

# Said by the apps that know more names, when they start: a key in ("nace:C21"), names out.
NAMES: list[Callable[[str], Iterable[str]]] = []


def register_names(names: Callable[[str], Iterable[str]]) -> None:
    NAMES.append(names)


def names_of_codes(labels: Mapping[str, str]) -> list[str]:
    """Each code with its label, then its other names; a line each, and none twice."""
    lines: dict[str, None] = {}
    for key, label in labels.items():
        lines[f"{key.partition(':')[2]} {label}".strip()] = None
        lines |= dict.fromkeys(name for names in NAMES for name in names(key) if name != label)
    return list(lines)


def subjects_of(row: Any) -> list[str]:
    """Of a row whose codes were fetched."""
    return names_of_codes({code.key: code.label for code in row.codes.all()})


def watched_codes(model: Any) -> Watched:
    """Which codes a row has."""
    return Watched(model=model.codes.through, key=f"{model._meta.model_name}_id", columns=("code_id",))
