"""The methods as pages: question, formula, an example made by the code as it runs, limits, source."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from governance.selectors.thresholds import short_number
from journeys.content.formulas import FORMULAS
from journeys.selectors import words
from journeys.selectors.gap_examples import GAP_EXAMPLES
from journeys.selectors.method_examples import Example
from journeys.selectors.method_texts import GAP_TEXTS, MethodText
from journeys.selectors.statistics_examples import STATISTICS_EXAMPLES
from journeys.selectors.statistics_texts import STATISTICS_TEXTS
from journeys.selectors.synergy_examples import SYNERGY_EXAMPLES
from journeys.selectors.synergy_texts import SYNERGY_TEXTS

TEXTS: dict[str, MethodText] = {**GAP_TEXTS, **SYNERGY_TEXTS, **STATISTICS_TEXTS}
EXAMPLES: dict[str, Example] = {**GAP_EXAMPLES, **SYNERGY_EXAMPLES, **STATISTICS_EXAMPLES}


@dataclass(frozen=True, kw_only=True)
class MethodPage:
    key: str
    text: MethodText
    formulas: list[SafeString]
    example: Example
    results: list[tuple[str, str]]
    command: str
    file: str


def shown(value: Any) -> str:
    """A value of a result in the reader's words."""
    if value is None:
        return _("no value")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return short_number(value).replace("-", "−")
    return str({**words.REASONS, **words.VERDICTS, **words.EVIDENCE_MEANS}.get(str(value), value))


def formulas_of(key: str) -> list[SafeString]:
    # Made by our own code, which escapes every letter.
    return [mark_safe(formula) for formula in FORMULAS[key]]


def method_page(*, key: str) -> MethodPage | None:
    """One method with its example worked out now; None when there is no such method."""
    if key not in TEXTS:
        return None
    example = EXAMPLES[key]
    return MethodPage(
        key=key,
        text=TEXTS[key],
        formulas=formulas_of(key),
        example=example,
        results=[(str(label), shown(value)) for label, value in example.results()],
        command=f"./run manage method {example.method} example.json",
        file=json.dumps(example.inputs, ensure_ascii=False, indent=1),
    )


def method_index() -> list[tuple[str, list[tuple[str, MethodText]]]]:
    """Questions by part, in the order in which a reader meets the numbers."""
    return [
        (_("Gaps"), list(GAP_TEXTS.items())),
        (_("Synergies"), list(SYNERGY_TEXTS.items())),
        (_("Evidence from statistics"), list(STATISTICS_TEXTS.items())),
    ]
