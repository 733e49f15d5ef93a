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
    "text": "short_text", "string": "short_text", "phone number": "short_text", "phonenumber": "short_text",
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
# What the row says and this module, or the caller, carries over.
CARRIED = {
    "type", "name", "label", "hint", "guidance_hint", "bind", "control", "choices", "itemset", "list_name",
    "parameters", "children", "columns", "media", "default",
}  # fmt: skip
BINDS = {"relevant", "required", "constraint", "jr:constraintMsg", "jr:requiredMsg", "type"}
FIELDS = {
    "choice_filter": gettext_noop(
        "“%(name)s”: the filter of its choices (%(value)s) is left out; all are offered."
    ),
    "default": gettext_noop("“%(name)s”: the value filled in beforehand (%(value)s) is left out."),
    "media": gettext_noop("“%(name)s”: its picture, sound or film (%(value)s) is left out."),
    "trigger": gettext_noop("“%(name)s”: what starts its calculation (%(value)s) is left out."),
    "readonly": gettext_noop("“%(name)s” cannot be typed in there (%(value)s); here it can."),
    "calculate": gettext_noop("“%(name)s”: its calculation (%(value)s) is left out."),
    "appearance": gettext_noop("“%(name)s”: its look (%(value)s) is left out."),
}
ANY_FIELD = gettext_noop("“%(name)s”: column %(field)s (%(value)s) is left out.")
ALWAYS = gettext_noop("“%(name)s” is always asked: its condition (%(value)s) cannot be kept.")
FILE_INSIDE = gettext_noop("“%(name)s” is left out: inside a repeating group no file can be asked for here.")
MESSAGES = {"number": "range", "date": "range", "multiple_choice": "max_choices", "short_text": "max_length"}


def _short_value(value: Any) -> str:
    text = _words_of(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _words_of(value: Any) -> str:
    """A picture, and in some forms one for each language: "image: a.png", "image (English: a.png)"."""
    if not isinstance(value, dict):
        return str(value)
    pairs = [(key, one, _words_of(one)) for key, one in value.items()]
    return ", ".join(
        f"{key} ({text})" if isinstance(one, dict) else f"{key}: {text}" for key, one, text in pairs
    )


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
        book.note("left_out", name, FILE_INSIDE)
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
    list_the_rest(row, book, name=name, kind=kind)
    return made


def about_of(row: Row, kind: str) -> About:
    """What a condition must know about a question: its type, and our codes of its choices."""
    if kind not in ("single_choice", "multiple_choice"):
        return About(kind=kind)
    if not row.get("choices"):
        return About(kind=kind, options={"OK": "ok"})
    taken: set[str] = set()
    quiet = Notebook(main="", rows={})  # what it notes is noted again where the choices are read
    names = [str(option.get("name", "")) for option in row["choices"][:200]]
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
        book.note("left_out", name, text, value=_short_value(source))
        return
    text = gettext_noop("“%(name)s” is left out: there is no question of type “%(type)s” here.")
    book.note("left_out", name, text, type=given)


def labels(row: Row, book: Notebook, *, name: str) -> Made:
    """Short name, question and help with their translations."""
    labels = book.texts(row.get("label") or name, 2000, name=name) or {book.language: name[:2000]}
    helps = book.texts(row.get("hint") or "", 5000, name=name)
    for code, text in book.texts(row.get("guidance_hint") or "", 2000, name=name).items():
        helps[code] = f"{helps[code]}\n\n{text}" if code in helps else text
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
        return _choices_of(given, book, name=name)
    settings: Made = {}
    if str(row.get("type")).lower() in ("integer", "int"):
        settings["decimals"] = 0
    if str(row.get("type")).lower() == "range":
        for ours, theirs in (("min", "start"), ("max", "end")):
            number = _as_number(mapping(row, "parameters").get(theirs))
            settings |= {} if number is None else {ours: number}
    return settings, {}


def _as_number(value: Any) -> int | float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    if not abs(number) < LARGEST:
        return None
    return int(number) if number.is_integer() else number


def _choices_of(given: list[Row], book: Notebook, *, name: str) -> tuple[Made, Made]:
    taken: set[str] = set()
    choices: list[Made] = []
    said: Made = {}
    if len(given) > 200:
        text = gettext_noop("“%(name)s” has %(n)s choices; only the first 200 are kept.")
        book.note("left_out", name, text, n=len(given))
    for option in given[:200]:
        code = book.code(str(option.get("name", "")), taken=taken, most=40, marks="_-")
        texts = book.texts(option.get("label") or str(option.get("name")), 300, name=name)
        choices.append({"code": code, "label": book.main_text(texts) or code})
        if option.get("media"):
            book.note("left_out", name, FIELDS["media"], value=_short_value(option["media"]))
        for language, label in texts.items():
            if language != book.language:
                said.setdefault(language, {}).setdefault("choices", {})[code] = label
    return {"choices": choices}, said


def _required(bind: Row, book: Notebook, *, name: str) -> bool:
    given = str(bind.get("required", "")).strip().lower()
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


def list_the_rest(row: Row, book: Notebook, *, name: str, kind: str) -> None:
    """A line for everything the row says that has no place here."""
    parameters = mapping(row, "parameters")
    for key, value in mapping(row, "bind").items():
        if key not in BINDS and value:
            _left_out(key, value, book, name=name)
    for key, value in mapping(row, "control").items():
        known = key == "bodyless" or key in parameters or (key == "appearance" and kind == "long_text")
        if value and not known:
            _left_out(key, value, book, name=name)
    for key, value in row.items():
        if key in ("media", "default") or (key not in CARRIED and not key.startswith("_") and value):
            _left_out(key, value, book, name=name)
    unused = {
        key: value
        for key, value in parameters.items()
        if key not in ("start", "end") or _as_number(value) is None
    }
    if unused:
        _left_out("parameters", unused, book, name=name)


def _left_out(key: str, value: Any, book: Notebook, *, name: str) -> None:
    book.note("left_out", name, FIELDS.get(key, ANY_FIELD), field=key, value=_short_value(value))
