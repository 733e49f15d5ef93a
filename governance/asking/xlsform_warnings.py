"""What the converter says of a form: in words of ours where it matters here, at its row, and not twice."""

import re
from collections.abc import Collection, Iterable, Mapping

from governance.asking.problems import gettext_noop
from governance.asking.xlsform_texts import Difference

ROW = re.compile(r"\[row : (\d+)\]\s*(?:On the '(\w+)' sheet, )?")
# Said by the list anyway, with the cell, or about devices and tools that are not ours.
SILENT = (
    "The 'disabled' column header",
    "Row without name, text, or label",
    "Use the max-pixels parameter",
    "is no longer supported on most devices",
    "select one external is only meant",
    "must not be empty and must not contain spaces",
    "do not contain valid machine-readable codes",
    "The form_id and id_string column headers",
    "Could not export itemsets.csv",
)
SAID = gettext_noop("The converter says: %(said)s")
# How the converter begins or goes on, whether something is other than written here, and what we say.
KNOWN = (
    (r"the 'label' value is invalid", "changed", gettext_noop("A choice has no text: its name is shown.")),
    (
        r"^(?:Repeat|Group|Loop) has no label",
        "changed",
        gettext_noop("A repeating group has no text: its name is shown."),
    ),
    (
        r"^This form uses or_other",
        "changed",
        gettext_noop("“Other”, and the text that asks which, are added in English in every language."),
    ),
    (
        r"case-insensitive match",
        "remark",
        gettext_noop("Two names differ in capital letters only; some programs take them for one."),
    ),
    (
        r"^Language '",
        "remark",
        gettext_noop("Some texts are missing in a language (%(said)s)."),
    ),
    (
        r"^When looking for a sheet named",
        "remark",
        gettext_noop("The name of a sheet looks like a slip: %(said)s"),
    ),
)


def list_warnings(warnings: Iterable[str], *, gone: Mapping[str, Collection[int | None]]) -> list[Difference]:
    """`gone`: by sheet, the rows that are left out; what is wrong in them matters no more."""
    found = [warned(text) for text in warnings if not is_silent(text)]
    return [row for row in found if row.row is None or row.row not in gone.get(row.sheet, ())]


def is_silent(text: str) -> bool:
    return any(words in text for words in SILENT)


def warned(text: str) -> Difference:
    place = ROW.search(text)
    words = " ".join(ROW.sub("", text).split())
    kind, sentence = next(
        ((kind, ours) for pattern, kind, ours in KNOWN if re.search(pattern, words)), ("remark", SAID)
    )
    return Difference(
        kind=kind,
        sheet=(place[2] if place and place[2] else "survey"),
        row=int(place[1]) if place else None,
        name="",
        text=sentence,
        params={"said": words[:500]},
    )
