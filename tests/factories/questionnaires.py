"""A questionnaire with a question of every type, as its JSON form."""

from copy import deepcopy
from typing import Any

OPTIONS = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
SMALL = [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]


def question(code: str, type: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "type": type, "short": f"Question {code}", "question": f"What is {code}?", **more}


EVERY_TYPE: dict[str, Any] = {
    "key": "every-type",
    "title": "Every type of question",
    "sections": [
        {
            "code": "S1",
            "title": "First",
            "questions": [
                question("1.1", "scale", rubric=[f"Step {n}" for n in range(1, 6)]),
                question("1.2", "single_choice", settings={"choices": OPTIONS}),
                question(
                    "1.3",
                    "multiple_choice",
                    settings={
                        "choices": [*SMALL, {"code": "none", "label": "None", "exclusive": True}],
                        "max_choices": 2,
                    },
                    condition={"question": "1.2", "op": "=", "value": "yes"},
                ),
                question("1.4", "number", settings={"min": 0, "max": 100, "unit": "%"}),
                question("1.5", "date"),
                question("1.6", "date", settings={"after": "1.5"}),
                question("1.7", "short_text", messages={"required": "Write a name."}),
                question("1.8", "long_text", required=False),
                question("1.9", "note", text="Read this."),
            ],
        },
        {
            "code": "S2",
            "title": "Second",
            "questions": [
                question("2.1", "file", required=False),
                question("2.2", "region", required=False),
                question("2.3", "unit", required=False, settings={"many": True}),
                question("2.4", "codes", required=False, settings={"list": "nace"}),
                question(
                    "2.5",
                    "matrix",
                    settings={"rows": SMALL, "columns": SMALL, "sum": {"of": "columns", "to": 100}},
                ),
                question(
                    "2.6",
                    "group",
                    settings={"item": "Actor", "max": 3},
                    questions=[
                        question("2.6a", "short_text"),
                        question("2.6b", "number", required=False),
                    ],
                ),
            ],
        },
    ],
}


def every_type() -> dict[str, Any]:
    return deepcopy(EVERY_TYPE)
