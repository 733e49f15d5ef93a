"""One answer as a program sends it: JSON, read into the changes a page would send, by the same rules."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.json_bodies import shown
from cohes3ion.lib.refusals import Refusal
from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.version_tags import version_in
from governance.asking.base import KINDS
from governance.asking.problems import Problem, Refused, gettext_noop, wrong_type
from governance.forms.answers import AnswerForm
from governance.models import Response
from governance.selectors.answer_places import column_group
from governance.selectors.places import Place, allowed_kinds, check_order
from governance.selectors.problems import spoken
from governance.selectors.readers import reader_of
from mapping.enums import AnswerKind

BOTH = gettext_noop("Give an answer or say that you have none, not both.")
SHAPES = {
    "text": (gettext_noop("a text"), lambda value: isinstance(value, str)),
    "number": (gettext_noop("a number"), lambda value: type(value) in (int, float)),
    "whole number": (gettext_noop("a whole number"), lambda value: type(value) is int),
    "list": (
        gettext_noop("a list of texts"),
        lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    ),
}
WITH_VALUE = ("value", "kind")


def require_shape(name: str, value: Any, shape: str, *, or_null: bool = True) -> None:
    """Before any form reads it: a form takes 3 for "3", true for 1 and 1.0 for 1. Raises Refusal (400)."""
    words, fits = SHAPES[shape]
    if not fits(value) and not (or_null and value is None):
        sentence = (
            _("“%(name)s” must be %(shape)s or null.") if or_null else _("“%(name)s” must be %(shape)s.")
        )
        raise Refusal(400, "type", sentence % {"name": name, "shape": _(words)}, path=name)


def read_changes(
    body: Mapping[str, Any], *, place: Place, fields: tuple[str, ...], response: Response, versions: Any
) -> list[Change]:
    """The fields that were sent, as changes. Raises Refusal: 400 for a wrong shape, 422 for a wrong value."""
    allowed = {*fields, *WITH_VALUE}
    unknown = [name for name in body if name not in allowed]
    if unknown:
        sentence = _("“%(name)s” cannot be written here. Fields: %(fields)s.")
        name = shown(unknown[0])
        named = {"name": name, "fields": ", ".join(sorted(allowed))}
        raise Refusal(400, "unknown_field", sentence % named, path=name)
    changes = []
    if any(name in body for name in WITH_VALUE):
        field = column_group("value", type=place.kind.key)
        values = accepted_value(body, place=place, response=response)
        changes.append(Change(field=field, values=values, version=version_in(versions, field="value")))
    beside = {name: body[name] for name in fields if name in body and name != "value"}
    return changes + accepted_fields(beside, versions=versions)


def accepted_fields(sent: Mapping[str, Any], *, versions: Any) -> list[Change]:
    """Importance, explanation and confidence, read by the form of the page."""
    typed = {}
    for name, value in sent.items():
        require_shape(name, value, "whole number" if name == "importance" else "text")
        typed[name] = "" if value is None else str(value)
        typed[f"version_{name}"] = str(version_in(versions, field=name))
    form = AnswerForm(typed)
    form.is_valid()
    for name, errors in form.errors.items():
        code, sentence = str(errors.as_data()[0].code), str(errors[0])
        if code == "invalid_choice":
            values = [str(value) for value, _label in form.fields[name].choices if value != ""]  # type: ignore[attr-defined]
            told = {"name": name, "values": ", ".join(values)}
            sentence = _("“%(name)s” must be one of %(values)s, or null.") % told
        raise Refusal(400 if code == "invalid_choice" else 422, code, sentence, path=name)
    return form.changes()


def accepted_value(body: Mapping[str, Any], *, place: Place, response: Response) -> dict[str, Any]:
    """The columns that a value, or one of the answers that are no value, means."""
    try:
        columns = kind_and_value(body, place=place, response=response)
        if place.kind.key != "scale":
            check_order(place=place, values=columns, response=response)
    except Refused as refused:
        found = refused.problem
        sentence = spoken(found, messages=getattr(place.question, "messages", {}))
        if found.code == "option":
            sentence = _("That option is not part of this question. “questions” lists those that are.")
        raise Refusal(400 if found.tampered else 422, found.code, sentence, path="value") from refused
    column = "level" if place.kind.key == "scale" else "value"
    return {"kind": columns["kind"], column: columns["value"]}


def kind_and_value(body: Mapping[str, Any], *, place: Place, response: Response) -> dict[str, Any]:
    value = body.get("value")
    kind = body.get("kind", AnswerKind.UNANSWERED if value is None else AnswerKind.VALUE)
    if not isinstance(kind, str) or kind not in AnswerKind.values:
        sentence = _("“kind” must be one of %(kinds)s.") % {"kinds": ", ".join(AnswerKind.values)}
        raise Refusal(400, "kind", sentence, path="kind")
    if value is None and kind == AnswerKind.VALUE:
        sentence = _("“kind” is “value”, but “value” is missing or null: send it too.")
        raise Refusal(422, "value_missing", sentence, path="value")
    if value is not None and kind != AnswerKind.VALUE:
        raise Refused(Problem(code="both", text=BOTH))
    if kind in KINDS and kind not in allowed_kinds(place.settings):
        raise wrong_type()
    if value is None:
        return {"kind": kind, "value": None}
    if not place.kind.holds_value:
        sentence = _("This question has no value of its own: its cells, entries or files are its answer.")
        raise Refusal(400, "no_value", sentence, path="value")
    require_shape("value", value, place.kind.shape)
    reader = reader_of(response=response, type=place.kind.key, settings=place.settings)
    accepted = place.kind.check(value, settings=place.settings, reader=reader)
    kept = AnswerKind.UNANSWERED if accepted in (None, []) else AnswerKind.VALUE
    return {"kind": kept, "value": accepted}
