"""Answers of every type but the scale: "value", "cell.<row>.<column>" and "item.<entry>.<code>".

Beside each name stand "version_<name>", the version it is based on, and "was_<name>", what the page showed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cohes3ion.lib.row_forms import Change, one_kind_of_line_end
from cohes3ion.lib.versions import parse_version
from governance.asking.problems import Problem, Refused
from governance.forms.answers import AnswerForm
from governance.models import Response
from governance.selectors.places import Place, check_order, place_of, read_value
from governance.selectors.problems import spoken

STARTS = ("value", "cell.", "item.")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One value that was sent and changed: where it goes, and the change; or why it is not accepted."""

    name: str
    place: Place
    change: Change | None = None
    problem: Problem | None = None


@dataclass
class ValueForm:
    """What was typed on the page of one question. `read` sorts it into changes and problems."""

    data: Any
    code: str
    response: Response
    questions: Mapping[str, Any]
    sent: list[Sent] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    tampered: bool = False

    def names(self) -> list[str]:
        return [name for name in self.data if name == "value" or name.startswith(STARTS[1:])]

    def typed(self, name: str) -> list[str]:
        return [one_kind_of_line_end(text) for text in self.data.getlist(name)]

    def left_alone(self, name: str) -> bool:
        before = self.data.get(f"was_{name}")
        return before is not None and one_kind_of_line_end(before) == ",".join(self.typed(name))

    def read(self) -> "ValueForm":
        """Raises VersionMissing, and NoSuchPlace for a name this question does not have."""
        for name in self.names():
            if self.left_alone(name):
                continue
            version = parse_version(self.data.get(f"version_{name}") or self.data.get("version"))
            place = place_of(questions=dict(self.questions), code=self.code, name=name)
            try:
                values = read_value(place=place, sent=self.typed(name), response=self.response)
                check_order(place=place, values=values, response=self.response)
            except Refused as refused:
                self.refuse(name, place, refused.problem)
            else:
                change = Change(field="value", values=values, version=version)
                self.sent.append(Sent(name=name, place=place, change=change))
        return self

    def refuse(self, name: str, place: Place, problem: Problem) -> None:
        self.sent.append(Sent(name=name, place=place, problem=problem))
        self.errors[name] = spoken(problem, messages=getattr(place.question, "messages", {}))
        self.tampered = self.tampered or problem.tampered

    def comment(self) -> AnswerForm:
        """The explanation beside the value, read as everywhere."""
        form = AnswerForm(self.data)
        form.is_valid()
        return form
