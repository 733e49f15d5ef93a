"""The concepts that matching looks for in texts, from their file."""

import json
from functools import cache
from pathlib import Path

from journeys.matching.concepts import Vocabulary, make_vocabulary

FILE = Path(__file__).parent.parent / "data" / "concepts.json"


@cache
def load_vocabulary() -> Vocabulary:
    return make_vocabulary(json.loads(FILE.read_text(encoding="utf-8"))["concepts"])
