"""Reads the data packages of questionnaires as they lie in the source tree."""

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "governance" / "data" / "questionnaires"

CORE = ["1.1", "1.2", "2.1", "3.1", "3.2", "4.1", "5.1", "6.1", "7.3", "8.1"]
UNIT = ["2.2", "2.3", "3.4", "4.3", "5.3", "6.2", "7.2", "8.3"]


def package(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_bytes().decode("utf-8"))


def statements(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [statement for section in data["sections"] for statement in section["statements"]]


def normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def sentences(text: str) -> list[str]:
    return re.findall(r"[^.?!]+[.?!](?=\s|$)", text)


def texts(value: Any) -> list[str]:
    """Every string of a package, however deep."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts(part)]
