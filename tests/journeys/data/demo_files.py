"""The files of the demonstration as they stand in the tree."""

import json
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[3] / "journeys" / "data" / "demo"


def read(name: str) -> Any:
    return json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))
