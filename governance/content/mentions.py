"""Who is named in a comment: "@Ana Novak", or "@Ana" where only one Ana could be meant."""

import re
from collections import Counter


def mentioned(text: str, people: dict[int, str]) -> list[int]:
    """Keys of the people named in `text`, in the order of `people`.

    Parameters: `people` maps a key to a full name. A first name counts only if one person has it. Case
    does not matter; the @ of an e-mail address is none; a name ends where no letter or digit follows.
    No "@" gives an empty list.

    >>> mentioned("Ask @Ana, please", {1: "Ana Novak", 2: "Luka Zupan"})
    [1]
    """
    if "@" not in text:
        return []
    first = Counter(name.split()[0].casefold() for name in people.values() if name.split())
    # The longest name first: "@Ana Novak" is not also "@Ana".
    names = sorted(
        {
            (alias.casefold(), key)
            for key, name in people.items()
            for alias in {
                name,
                *([name.split()[0]] if name.split() and first[name.split()[0].casefold()] == 1 else []),
            }
            if alias
        },
        key=lambda pair: -len(pair[0]),
    )
    found: set[int] = set()
    rest = text.casefold()
    for alias, key in names:
        pattern = re.compile(rf"(?<!\w)@{re.escape(alias)}(?!\w)")
        if pattern.search(rest):
            found.add(key)
            rest = pattern.sub(" ", rest)
    return [key for key in people if key in found]
