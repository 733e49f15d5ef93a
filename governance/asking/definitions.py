"""A questionnaire as one JSON value, and what keeps it from being published.

{"key", "title", "language", "sections": [{"code", "title", "description", "minutes", "translations",
 "questions": [{"code", "type", "short", "text", "question", "plain", "help", "evidence_examples", "rubric",
 "settings", "required", "condition", "messages", "scope", "core", "translations", "questions": [...]}]}]}

Only codes, the title of a section and the short name of a question are needed; the rest has defaults. The
questions of a repeating group stand in its own "questions".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from governance.asking.checks import is_storable
from governance.asking.conditions import check_condition, circle_problem, find_circle
from governance.asking.plain_values import check_fields, check_head, check_section
from governance.asking.problems import Problem, gettext_noop
from governance.asking.registry import TYPES

Definition = Mapping[str, Any]

CODE_LENGTH = 20
LENGTHS = {"short": 60, "text": 2000, "question": 2000, "plain": 2000, "help": 5000}
MOST_QUESTIONS = 1000
INSIDE_GROUPS = frozenset(TYPES) - {"group", "matrix", "file", "scale"}
MESSAGES = ("required", "range", "number", "date", "max_choices", "exclusive", "max_length", "sum", "after")


def questions_of(section: Definition) -> list[Any]:
    """The questions of a section; packages of statements name them so."""
    found = section.get("questions", section.get("statements", []))
    return list(found) if isinstance(found, list) else []


def walk(definition: Definition) -> Iterator[tuple[str, Definition, Definition | None]]:
    """Every question with its place ("sections.1.questions.2") and the group it stands in."""
    for place, section in enumerate(definition.get("sections", []), start=1):
        for number, question in enumerate(questions_of(section), start=1):
            path = f"sections.{place}.questions.{number}"
            yield path, question, None
            for inner, child in enumerate(question.get("questions", []), start=1):
                yield f"{path}.questions.{inner}", child, question


def check_definition(definition: Any) -> list[Problem]:
    """Everything that is wrong with a questionnaire, each with its place. Nothing: it can be published."""
    found = check_shape(definition)
    if found:
        return found
    rows = list(walk(definition))
    if not 1 <= len(rows) <= MOST_QUESTIONS:
        text = gettext_noop("A questionnaire needs 1 to %(most)s questions.")
        return [Problem(code="questions", text=text, params={"most": MOST_QUESTIONS}, path="sections")]
    found += twice([str(s.get("code")) for s in definition["sections"]], what="section")
    found += twice([str(question.get("code")) for _path, question, _group in rows], what="question")
    for path, question, group in rows:
        found += at(path, check_question(question, group=group))
    return found + check_conditions(rows)


def check_shape(definition: Any) -> list[Problem]:
    text = gettext_noop(
        "A questionnaire is an object with a title and a list of sections, each with questions."
    )
    wrong = [Problem(code="shape", text=text)]
    if not isinstance(definition, dict) or not isinstance(definition.get("sections"), list):
        return wrong
    for section in definition["sections"]:
        if not isinstance(section, dict) or not all(isinstance(q, dict) for q in questions_of(section)):
            return wrong
        for question in questions_of(section):
            inner = question.get("questions", [])
            if not isinstance(inner, list) or not all(isinstance(child, dict) for child in inner):
                return wrong
    found = list(check_head(definition))
    for place, section in enumerate(definition["sections"], start=1):
        path = f"sections.{place}"
        found += at(path, check_texts(section, {"title": 120, "description": 5000}, needed="title"))
        found += at(path, list(check_section(section)))
    return found


def twice(codes: list[str], *, what: str) -> list[Problem]:
    seen: set[str] = set()
    repeated = sorted({code for code in codes if code in seen or seen.add(code)})  # type: ignore[func-returns-value]
    section = gettext_noop("Section code “%(code)s” stands twice.")
    question = gettext_noop("Question code “%(code)s” stands twice.")
    text = section if what == "section" else question
    return [Problem(code="twice", text=text, params={"code": code}, path=code) for code in repeated]


def at(path: str, problems: list[Problem]) -> list[Problem]:
    return [
        Problem(
            code=problem.code,
            text=problem.text,
            params=problem.params,
            tampered=problem.tampered,
            path=f"{path}.{problem.path}" if problem.path else path,
        )
        for problem in problems
    ]


def check_texts(row: Definition, lengths: Mapping[str, int], *, needed: str) -> list[Problem]:
    found = check_code(row.get("code"))
    for name, limit in lengths.items():
        text = row.get(name, "")
        if not isinstance(text, str) or not is_storable(text):
            sentence = gettext_noop("“%(name)s” must be a text that can be stored.")
            found.append(Problem(code="text", text=sentence, params={"name": name}, path=name))
        elif len(text) > limit:
            sentence = gettext_noop("Write “%(name)s” in at most %(limit)s characters.")
            found.append(
                Problem(code="length", text=sentence, params={"name": name, "limit": limit}, path=name)
            )
        elif name == needed and not text.strip():
            sentence = gettext_noop("Write “%(name)s”.")
            found.append(Problem(code="empty", text=sentence, params={"name": name}, path=name))
    return found


def check_code(code: Any) -> list[Problem]:
    if (
        isinstance(code, str)
        and 1 <= len(code) <= CODE_LENGTH
        and all(c.isalnum() or c in "._-" for c in code)
    ):
        return []
    text = gettext_noop("A code has 1 to 20 letters, digits, points, - and _.")
    return [Problem(code="code", text=text, path="code")]


def check_question(question: Definition, *, group: Definition | None) -> list[Problem]:
    """One question by itself: code, texts, type, settings, steps of a scale, messages."""
    found = check_texts(question, LENGTHS, needed="short")
    kind = TYPES.get(str(question.get("type", "scale")))
    if kind is None:
        text = gettext_noop("There is no question type “%(type)s”.")
        params = {"type": str(question.get("type"))[:40]}
        return [*found, Problem(code="type", text=text, params=params, path="type")]
    if group is not None and kind.key not in INSIDE_GROUPS:
        text = gettext_noop("A question of this type cannot stand inside a group.")
        found.append(Problem(code="inside_group", text=text, path="type"))
    if question.get("questions") and kind.key != "group":
        text = gettext_noop("Only a repeating group holds further questions.")
        found.append(Problem(code="not_a_group", text=text, path="questions"))
    if kind.key == "group" and not question.get("questions"):
        text = gettext_noop("Add at least one question to the group.")
        found.append(Problem(code="empty_group", text=text, path="questions"))
    elif kind.key == "group" and not any(can_be_answered(child) for child in question["questions"]):
        text = gettext_noop(
            "Only notes stand in this group, so an entry would be empty. Add a question that can be answered."
        )
        found.append(Problem(code="notes_alone", text=text, path="questions"))
    settings = question.get("settings", {})
    if isinstance(settings, dict):
        found += at("settings", kind.check_settings(settings))
    else:
        text = gettext_noop("“settings” must be an object.")
        found.append(Problem(code="settings", text=text, path="settings"))
    rubric = question.get("rubric", [])
    if kind.key == "scale" and not (isinstance(rubric, list) and len(rubric) == 5 and all(rubric)):
        text = gettext_noop("Say what each of the five steps means.")
        found.append(Problem(code="rubric", text=text, path="rubric"))
    return [*found, *check_messages(question.get("messages", {})), *check_fields(question)]


def can_be_answered(question: Definition) -> bool:
    """Not a note. A type that cannot stand in a group is a problem of its own."""
    kind = TYPES.get(str(question.get("type", "scale")))
    return kind is None or kind.holds_value or kind.key not in INSIDE_GROUPS


def check_messages(messages: Any) -> list[Problem]:
    if isinstance(messages, dict) and all(
        name in MESSAGES and isinstance(text, str) and len(text) <= 300 for name, text in messages.items()
    ):
        return []
    text = gettext_noop("Messages of your own are texts of at most 300 characters for: %(names)s.")
    return [Problem(code="messages", text=text, params={"names": ", ".join(MESSAGES)}, path="messages")]


def check_conditions(rows: list[tuple[str, Definition, Definition | None]]) -> list[Problem]:
    """Conditions name questions that exist; inside a group also its own; none goes in a circle.

    A date that must follow another one names it the same way.
    """
    top = {str(question.get("code")) for _path, question, group in rows if group is None}
    found: list[Problem] = []
    rules: dict[str, Any] = {}
    for path, question, group in rows:
        inner = {str(child.get("code")) for child in group["questions"]} if group else set()
        condition = question.get("condition") or {}
        wrong = at(f"{path}.condition", check_condition(condition, codes=top | inner))
        settings = question.get("settings", {})
        after = settings.get("after") if isinstance(settings, dict) else None
        if after and str(after) not in top | inner:
            text = gettext_noop("The start date %(code)s is not in this questionnaire.")
            wrong += [Problem(code="after", text=text, params={"code": str(after)[:40]}, path=path)]
        found += wrong
        if not wrong:
            rules[str(question.get("code"))] = condition
    circle = find_circle(rules)
    return [*found, circle_problem(circle)] if circle else found
