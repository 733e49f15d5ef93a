"""`./run manage method NAME FILE`: one method on the numbers of a file, one JSON object out."""

import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from django.core.management.base import BaseCommand, CommandParser

from cohes3ion.lib.command_files import PathRefused, read_file
from journeys.content.methods import METHODS
from mapping.analysis.methods import apply_method

MOST_BYTES = 150 * 1024**2  # the answers of 1,500 regions take about 120
LONGEST_LINE = 300  # signs of a refusal, whatever it quotes
LONGEST_NUMBER = 18  # digits of a whole number; longer ones are read as floating-point numbers

ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class Command(BaseCommand):
    help = (
        "Apply one method to the numbers in a JSON file and print the result as one JSON object. "
        "The file holds the inputs, or an object with them under 'inputs'. Undefined values are null."
    )
    requires_system_checks: list[str] = []  # numbers in, numbers out: no site is needed

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="the method, one of --list")
        parser.add_argument("file", nargs="?", help="a JSON file")
        parser.add_argument("--list", action="store_true", help="name the methods")

    def handle(self, *, name: str | None, file: str | None, **options: Any) -> None:
        if options["list"]:
            self.stdout.write("\n".join(described()))
            return
        if name is None or file is None:
            self.refuse("give the name of a method and a JSON file, or --list")
        if name not in METHODS:
            self.refuse(f"{name}: no such method; --list names them")
        try:
            with np.errstate(all="ignore"):  # what is not defined is null in the result, not a warning
                result = apply_method(METHODS[name], inputs_of(file))
        except ValueError as error:
            self.refuse(str(error))
        except OverflowError:
            self.refuse(f"{file}: the numbers are too large for {name}")
        except MemoryError:
            self.refuse(f"{file}: too large for {name} in the memory of this machine")
        self.stdout.write(as_json(result))

    def refuse(self, reason: str) -> NoReturn:
        """One line on the error stream, and the exit code of a wrong call."""
        line = " ".join(reason.split())
        self.stderr.write(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}...")
        raise SystemExit(2)


def described() -> list[str]:
    """Name and first line of each method's explanation."""
    width = max(map(len, METHODS))
    return [
        f"{name:{width}}  {(method.__doc__ or '').strip().splitlines()[0]}"
        for name, method in METHODS.items()
    ]


def inputs_of(file: str) -> dict[str, Any]:
    """The inputs in a file. ValueError says what is wrong with it."""
    try:
        text = read_file(Path(file), most=MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{file}: not UTF-8 text") from None
    except PathRefused as refused:
        raise ValueError(str(refused)) from None
    try:
        data = json.loads(
            text, parse_int=whole_number, parse_constant=refuse_constant, object_pairs_hook=once_each
        )
        if ESCAPED_HALF.search(text):
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ValueError(f"{file}: not JSON, {error.msg} in line {error.lineno}") from None
    except RecursionError:
        raise ValueError(f"{file}: too deeply nested") from None
    except UnicodeEncodeError:
        raise ValueError(f"{file}: holds half a sign (a lone surrogate)") from None
    if isinstance(data, dict) and "inputs" in data:
        data = data["inputs"]
    if not isinstance(data, dict):
        raise ValueError(f"{file}: expected an object of inputs")
    return data


def whole_number(digits: str) -> int | float:
    """A whole number of any length; the methods count with 64 bits."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else float(digits)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys occur once: of two, JSON does not say which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, n in Counter(key for key, _value in pairs).items() if n > 1)
        raise ValueError(f"{twice}: occurs twice in one object")
    return found


def refuse_constant(word: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(f"{word}: not a number; undefined values are null")


def as_json(result: dict[str, Any]) -> str:
    """The result as one JSON object."""
    try:
        return json.dumps(result, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return json.dumps(finite(result), ensure_ascii=False, allow_nan=False)


def finite(value: Any) -> Any:
    """JSON values without NaN and infinity: both become null."""
    if isinstance(value, dict):
        return {str(key): finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
