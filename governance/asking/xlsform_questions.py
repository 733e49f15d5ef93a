"""One question of an XLSForm as a question of ours: type, texts, choices, conditions and limits."""

from collections.abc import Callable, Mapping
from typing import Any

from governance.asking.plain_values import LARGEST
from governance.asking.problems import gettext_noop
from governance.asking.xlsform_conditions import (
    About,
    TooComplex,
    joined_rules,
    met_by_silence,
    read_condition,
    read_constraint,
    without_marks,
)
from governance.asking.xlsform_texts import Notebook

Row = Mapping[str, Any]
Made = dict[str, Any]

TYPES = {
    "text": "short_text", "string": "short_text", "phone number": "short_text",
    "barcode": "short_text", "integer": "number", "int": "number", "decimal": "number", "range": "number",
    "date": "date", "datetime": "short_text", "time": "short_text", "note": "note",
    "trigger": "single_choice",
    "acknowledge": "single_choice", "select one": "single_choice", "select1": "single_choice",
    "select all that apply": "multiple_choice", "select": "multiple_choice", "rank": "multiple_choice",
    "image": "file", "photo": "file", "file": "file", "audio": "file", "video": "file",
}  # fmt: skip
NO_RECORDING = gettext_noop(
    "“%(name)s” asks for sound or film, which is not taken here; a document or a picture can be given."
)
OTHERWISE = {
    "audio": NO_RECORDING,
    "video": NO_RECORDING,
    "barcode": gettext_noop("“%(name)s” is a bar code; here it is typed as text."),
    "datetime": gettext_noop("“%(name)s” asks for date and time; here it is typed as text."),
    "time": gettext_noop("“%(name)s” asks for a time; here it is typed as text."),
    "rank": gettext_noop("“%(name)s” asks for an order; here choices are ticked, their order is not kept."),
    "range": gettext_noop("“%(name)s” is a slider; here the number is typed."),
}
PARAMETERS = gettext_noop("“%(name)s”: its parameters (%(value)s) are left out.")
MOST_CHOICES = 200
MORE_CHOICES = gettext_noop("“%(name)s” has %(n)s choices; only the first 200 are kept.")
ALWAYS = gettext_noop("“%(name)s” is always asked: its condition (%(value)s) cannot be kept.")
FILE_INSIDE = gettext_noop("“%(name)s” is left out: inside a repeating group no file can be asked for here.")
MESSAGES = {"number": "range", "date": "range", "multiple_choice": "max_choices", "short_text": "max_length"}


def _short_value(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def question_type(row: Row) -> str | None:
    """Our type, or nothing where there is none for it."""
    given = str(row.get("type", "")).lower()
    if given in ("text", "string") and "multiline" in str(_appearance(row)):
        return "long_text"
    if given.startswith("select") and not isinstance(row.get("choices"), list):
        return None  # the choices stand in another file or in other answers
    return TYPES.get(given)


def mapping(row: Row, key: str) -> Row:
    """A part of a row that is a mapping in some forms and a plain text in others."""
    value = row.get(key)
    return value if isinstance(value, dict) else {"": value} if value else {}


def _appearance(row: Row) -> Any:
    return mapping(row, "control").get("appearance", "")


def read_question(
    row: Row, book: Notebook, *, code: str, code_of: Callable[[str], str | None], inside: bool = False
) -> Made | None:
    """The question under its `code`, or None with a line in the list. `code_of`: what conditions may name."""
    name, given = str(row.get("name", "")), str(row.get("type", ""))
    kind = question_type(row)
    if kind is None:
        leave_out(row, book)
        return None
    if inside and kind == "file":
        book.leave_out(name, FILE_INSIDE)
        return None
    if given.lower() in OTHERWISE:
        book.note("changed", name, OTHERWISE[given.lower()])
    made: Made = {"code": code, "type": kind, **labels(row, book, name=name)}
    settings, said = _settings_of(row, kind, book, name=name)
    bind = mapping(row, "bind")
    made["required"] = kind != "note" and _required(bind, book, name=name)
    condition = condition_of(bind.get("relevant"), book, name=name, code_of=code_of)
    messages = _constrain(bind, kind, given, settings, book, name=name)
    if "jr:requiredMsg" in bind:
        messages["required"] = book.texts(bind["jr:requiredMsg"], 300, name=name)
    if settings:
        made["settings"] = settings
    if condition:
        made["condition"] = condition
    _spread_messages(made, messages, said, book)
    if kind == "long_text" and str(_appearance(row)).strip() == "multiline":
        book.tell("appearance")
    return made


def about_of(row: Row, kind: str) -> About:
    """What a condition must know about a question: its type, and our codes of its choices."""
    if kind not in ("single_choice", "multiple_choice"):
        return About(kind=kind)
    if not row.get("choices"):
        return About(kind=kind, options={"OK": "ok"})
    taken: set[str] = set()
    quiet = Notebook(main="", rows={})  # what it notes is noted again where the choices are read
    names = [str(option.get("name", "")) for option in row["choices"][:MOST_CHOICES]]
    codes = {name: quiet.code(name, taken=taken, most=40, marks="_-") for name in names}
    return About(kind=kind, options=codes)


def with_rules(made: Made, rules: list[Made], book: Notebook) -> Made:
    """The question under its own condition and those of the groups around it."""
    rules = [*rules, *([made["condition"]] if made.get("condition") else [])]
    try:
        return {**made, "condition": joined_rules(rules)} if rules else made
    except TooComplex:
        text = gettext_noop("“%(name)s” is always asked: too many conditions, with those of its groups.")
        book.note("changed", str(made["code"]), text)
        return {name: value for name, value in made.items() if name != "condition"}


def leave_out(row: Row, book: Notebook) -> None:
    """A line for a question that cannot be asked here, with the reason."""
    name, given, source = str(row.get("name", "")), str(row.get("type", "")), row.get("itemset")
    if given.lower() in TYPES and source and not isinstance(row.get("choices"), list):
        text = gettext_noop(
            "“%(name)s” is left out: its choices come from %(value)s and do not stand on the sheet “choices”."
        )
        book.leave_out(name, text, value=_short_value(source))
        return
    text = gettext_noop("“%(name)s” is left out: there is no question of type “%(type)s” here.")
    book.leave_out(name, text, type=given)


def helps_of(row: Row, book: Notebook, *, name: str) -> dict[str, str]:
    """The help in each language, with what guides who asks below it."""
    helps = book.texts(row.get("hint") or "", 5000, name=name)
    for code, text in book.texts(row.get("guidance_hint") or "", 2000, name=name).items():
        joined = f"{helps[code]}\n\n{text}" if code in helps else text
        helps[code] = book.fitted(joined, 5000, name=name)
    return helps


def labels(row: Row, book: Notebook, *, name: str) -> Made:
    """Short name, question and help with their translations."""
    labels = book.texts(row.get("label") or name, 2000, name=name) or {book.language: name[:2000]}
    helps = helps_of(row, book, name=name)
    if any("${" in text for text in labels.values()):
        text = gettext_noop("“%(name)s” puts an answer into its text; here the text shows its name, ${…}.")
        book.note("changed", name, text)
    found: Made = {}
    for code in {book.language, *labels, *helps}:
        texts = {}
        label = labels.get(code, book.main_text(labels) if code == book.language else "")
        if label:
            texts["short"] = label if len(label) <= 60 else label[:59] + "…"
            texts |= {"question": label} if len(label) > 60 else {}
        if code in helps:
            texts["help"] = helps[code]
        if code == book.language:
            found |= texts
        elif texts:
            found.setdefault("translations", {})[code] = texts
    return found


def _settings_of(row: Row, kind: str, book: Notebook, *, name: str) -> tuple[Made, Made]:
    """Settings of the type, and the translated labels of choices by language."""
    if kind in ("single_choice", "multiple_choice"):
        given = row.get("choices") or [{"name": "ok", "label": "OK"}]
        return _choices_of(given, book, name=name, of_list=str(row.get("list_name", "")))
    settings: Made = {}
    if str(row.get("type")).lower() in ("integer", "int"):
        settings["decimals"] = 0
    if str(row.get("type")).lower() == "range":
        settings |= _range_of(mapping(row, "parameters"), book, name=str(row.get("name", "")))
    return settings, {}


def _range_of(parameters: Row, book: Notebook, *, name: str) -> Made:
    """The ends of a slider. Its usual step is one, whole numbers; what else it says has no place here."""
    numbers = {key: _as_number(value) for key, value in parameters.items()}
    ends = {"start": "min", "end": "max"}
    found: Made = {ends[key]: number for key, number in numbers.items() if key in ends and number is not None}
    kept = [key for key, number in numbers.items() if ends.get(key) in found or (key, number) == ("step", 1)]
    lost = [f"{key}={value}" for key, value in parameters.items() if key not in kept]
    book.tell("parameters")
    if lost:
        book.note("left_out", name, PARAMETERS, value=_short_value(" ".join(lost)))
    return found


def _as_number(value: Any) -> int | float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    if not abs(number) < LARGEST:
        return None
    return int(number) if number.is_integer() else number


def _choices_of(given: list[Row], book: Notebook, *, name: str, of_list: str) -> tuple[Made, Made]:
    kept = book.offered.setdefault(of_list, {})
    taken: set[str] = set()
    choices: list[Made] = []
    said: Made = {}
    if len(given) > MOST_CHOICES:
        book.note("left_out", name, MORE_CHOICES, n=len(given))
    for number, option in enumerate(given[:MOST_CHOICES]):
        called = str(option.get("name", ""))
        with book.choice(of_list, number):
            code = book.code(called, taken=taken, most=40, marks="_-")
            texts = book.texts(option.get("label") or called, 300, name=called)
        choices.append({"code": code, "label": book.main_text(texts) or code})
        kept.setdefault(number, set()).update(texts.values())
        for language, label in texts.items():
            if language != book.language:
                said.setdefault(language, {}).setdefault("choices", {})[code] = label
    return {"choices": choices}, said


def _required(bind: Row, book: Notebook, *, name: str) -> bool:
    given = str(bind.get("required", "")).strip().lower()
    book.tell("required")
    if given in ("", "false()", "no", "false"):
        return False
    if given not in ("true()", "yes", "true"):
        text = gettext_noop("“%(name)s” must be answered only if %(value)s; here it is never a must.")
        book.note("changed", name, text, value=_short_value(given))
        return False
    return True


def condition_of(relevant: Any, book: Notebook, *, name: str, code_of: Callable[[str], str | None]) -> Made:
    if not relevant:
        return {}
    book.tell("relevant")
    try:
        read = read_condition(str(relevant), code_of=code_of, about=book.about)
        made, whole = without_marks(joined_rules([read]))
    except TooComplex:
        book.note("changed", name, ALWAYS, value=_short_value(relevant))
        return {}
    if whole:
        text = gettext_noop(
            "“%(name)s”: its condition (%(value)s) compares all that is chosen in %(others)s; here it looks "
            "whether that choice is among them."
        )
        book.note("changed", name, text, others=", ".join(whole), value=_short_value(relevant))
    silent = met_by_silence(made)
    if silent:
        text = gettext_noop(
            "“%(name)s” is not asked here while %(others)s has no answer; there its condition (%(value)s) "
            "holds even then."
        )
        book.note("changed", name, text, others=", ".join(silent), value=_short_value(relevant))
    return made


def _constrain(bind: Row, kind: str, given: str, settings: Made, book: Notebook, *, name: str) -> Made:
    """Limits of the value into its settings; returns the messages for breaking them, by language."""
    rule, said = bind.get("constraint"), bind.get("jr:constraintMsg")
    if not rule:
        return {}
    book.tell("constraint")
    try:
        found = read_constraint(str(rule), type=kind, whole=given.lower() in ("integer", "int"))
    except TooComplex:
        text = gettext_noop("“%(name)s”: the rule for its answers (%(value)s) is left out.")
        book.note("left_out", name, text, value=_short_value(rule))
        return {}
    alone = found.pop("alone", None)
    for choice in settings.get("choices", []):
        if choice["code"] == alone:
            choice["exclusive"] = True
    most = 300 if kind == "short_text" else 20_000
    settings |= {
        key: max(1, min(value, most)) if key == "max_length" else value for key, value in found.items()
    }
    message = "exclusive" if alone else MESSAGES.get(kind, "max_length")
    return {message: book.texts(said, 300, name=name)} if said else {}


def _spread_messages(made: Made, messages: Made, said: Made, book: Notebook) -> None:
    """Messages and labels of choices to the question and its translations."""
    own = {key: book.main_text(texts) for key, texts in messages.items() if texts}
    if own:
        made["messages"] = own
    others: Made = {language: {"settings": settings} for language, settings in said.items()}
    for key, texts in messages.items():
        for language, text in texts.items():
            if language != book.language:
                others.setdefault(language, {}).setdefault("messages", {})[key] = text
    for language, texts in others.items():
        target = made.setdefault("translations", {}).setdefault(language, {})
        target |= texts
