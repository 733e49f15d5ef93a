"""Every visible word can be translated: text in templates stands in translate tags, literals in gettext."""

import ast
import itertools
import re
import tokenize
from html.parser import HTMLParser
from pathlib import Path

from tests.architecture.tree import expect_none, files, python_files, shown, tree

# Names that are the same in every language.
SAME_EVERYWHERE = {
    *("PDF", "CSV", "SVG", "XLSX", "JSON", "API", "NUTS", "NACE", "NABS", "FORD", "COHES3ION", "Interreg"),
    *("Europe", "EUPL", "Plotly", "Eurostat", "EuroGeographics", "OpenAPI", "DRAFT"),
}
BLOCK = re.compile(r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ATTRIBUTE = re.compile(r"[\w-]+=(\"[^\"]*\"|'[^']*')")
WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription"}
SILENT_ELEMENTS = {"script", "style", "code", "kbd", "samp"}
BETWEEN = {tokenize.NL, tokenize.COMMENT}
SPOKEN_KEYWORDS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}


class Reader(HTMLParser):
    """Collects what a person would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.words: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT_ELEMENTS
        given = dict(attrs)
        spoken = [value for name, value in attrs if name in SPOKEN_ATTRIBUTES]
        spoken += [given.get("value")] if tag == "input" and given.get("type") == "submit" else []
        for value in spoken:
            self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT_ELEMENTS

    def handle_data(self, data: str) -> None:
        spoken = ATTRIBUTE.sub("", data)  # of a start tag that template tags cut in two
        left = [word for word in WORD.findall(spoken) if word not in SAME_EVERYWHERE]
        if left and not self.silent:
            self.words.append((self.getpos()[0], " ".join(left)))


def blank(found: re.Match[str]) -> str:
    """Take the match out and keep its line breaks, so that line numbers stay true."""
    return "\n" * found.group().count("\n")


def untranslated(path: Path) -> list[str]:
    reader = Reader()
    reader.feed(TAG.sub(blank, BLOCK.sub(blank, COMMENT.sub(blank, path.read_text()))))
    return [f"{shown(path, line)}: {words}" for line, words in reader.words]


def test_templates_speak_only_through_translation_tags():
    expect_none([fault for path in files("*.html", "templates") for fault in untranslated(path)])


def test_blocks_of_text_are_trimmed():
    """Without `trimmed`, the indentation of the template becomes part of the text to translate."""
    opening = re.compile(r"{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)[^%]*%}")
    faults = [
        shown(path, path.read_text()[: found.start()].count("\n") + 1)
        for path in files("*.html", "templates")
        for found in opening.finditer(path.read_text())
    ]
    expect_none(faults)


def test_labels_and_messages_are_marked_for_translation():
    faults = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                faults += [f"{shown(path, line)}: {text}" for line, text in literals(node)]
    expect_none(faults)


def literals(call: ast.Call) -> list[tuple[int, str]]:
    """Plain strings where a person will read them: labels of fields, messages, validation errors."""
    name = ast.unparse(call.func)
    given: list[ast.expr] = []
    if name.endswith("Field"):
        given += [word.value for word in call.keywords if word.arg in SPOKEN_KEYWORDS]
    if re.fullmatch(r"messages\.(success|info|warning|error)", name):
        given += call.args[1:2]
    if name.rpartition(".")[2] == "ValidationError":
        given += call.args[:1]
    return [
        (value.lineno, value.value)
        for value in given
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and WORD.search(value.value)
    ]


def test_pieces_of_a_sentence_do_not_run_into_each_other():
    """Two literals side by side are one text: without a space between them two words become one."""
    faults = []
    for path in python_files():
        with path.open(encoding="utf-8") as source:
            pieces = [row for row in tokenize.generate_tokens(source.readline) if row.type not in BETWEEN]
        for first, second in itertools.pairwise(pieces):
            if first.type == second.type == tokenize.STRING and joined(first.string, second.string):
                faults.append(f"{shown(path, first.start[0])}: {first.string} {second.string}")
    expect_none(faults)


def joined(first: str, second: str) -> bool:
    """Whether no space stands between two literals as they are written."""
    return bool(re.search(r"""[\w.,:)]['"]+\Z""", first) and re.match(r"""[a-z]?['"]+[\w(]""", second))


def test_dates_stand_as_their_language_writes_them():
    """A day with its month in words has another order and another case in other languages: "28 stycznia"."""
    fixed = re.compile(r"""["'][^"'%{}]*\b[jd]\.? F\b""")
    faults = [
        f"{shown(path, number)}: {line.strip()[:80]}"
        for path in [*files("*.html", "templates"), *files("*.txt", "templates"), *python_files()]
        if "formats" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if fixed.search(line)
    ]
    expect_none(faults)
    assert fixed.search("""{{ day|date:"j F Y" }}""")
