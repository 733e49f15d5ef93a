"""The concepts that matching looks for in texts, from their file."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from journeys.matching.concepts import Vocabulary, make_vocabulary, wider

FILE = Path(__file__).parent.parent / "data" / "concepts.json"


@cache
def load_vocabulary() -> Vocabulary:
    return make_vocabulary(json.loads(FILE.read_text(encoding="utf-8"))["concepts"])


@cache
def names_of(code: str) -> tuple[str, ...]:
    """What a code is called in all languages; one without names is called like the next wider one."""
    names = load_vocabulary().names
    while code and code not in names:
        code = wider(code)
    return tuple(dict.fromkeys(names.get(code, {}).values()))


@cache
def concepts_mark() -> str:
    """Another one as soon as a name or a word of the file changes."""
    return sha256(FILE.read_bytes()).hexdigest()[:16]
