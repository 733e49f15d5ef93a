"""JSON that is small and can still be compared line by line: one record per line, sorted as given."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1]
PROVENANCE = FOLDER / "PROVENANCE.md"


def as_text(document: Mapping[str, Any], *, rows: str) -> str:
    """The document as JSON; the value under `rows`, a list or an object, has a line for each entry."""
    parts = []
    for key, value in document.items():
        name = json.dumps(key)
        if key != rows:
            parts.append(f"{name}: {_compact(value)}")
        elif isinstance(value, Mapping):
            lines = ",\n".join(f"{json.dumps(code)}:{_compact(entry)}" for code, entry in value.items())
            parts.append(f"{name}: {{\n{lines}\n}}")
        else:
            lines = ",\n".join(_compact(entry) for entry in value)
            parts.append(f"{name}: [\n{lines}\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write(folder: Path, name: str, text: str) -> str:
    """Write a file and say what was written: its name, its size, and whether it changed."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes() if path.exists() else b""
    new = text.encode()
    path.write_bytes(new)
    return f"{name}: {len(new):,} bytes, {'unchanged' if new == old else 'changed' if old else 'new'}"


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_checksums() -> None:
    """Put the checksums of the files into the provenance page, where their names stand."""
    text = PROVENANCE.read_text()

    def current(found: re.Match[str]) -> str:
        return f"| `{found[1]}` | `{checksum(FOLDER / found[1])}` |"

    PROVENANCE.write_text(re.sub(r"^\| `([\w/.-]+\.json)` \| `[0-9a-f]*` \|$", current, text, flags=re.M))
