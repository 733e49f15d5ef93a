"""Names of sheets that every spreadsheet program takes, each once."""

import re

MOST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(text: str, *, taken: set[str]) -> str:
    """At most 31 characters, no sign a workbook refuses, none a formula could start with."""
    plain = " ".join(FORBIDDEN.sub(" ", text).split()).strip("'=+-@＝＋－＠ ") or "Sheet"
    name, number = plain[:MOST].strip(), 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = plain[: MOST - len(ending)].strip() + ending, number + 1
    taken.add(name.casefold())
    return name
