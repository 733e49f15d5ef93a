"""Frozen dataclasses to and from plain JSON values, so that a job row can carry its inputs and its result."""

import types
import typing
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
Reader = Callable[[Any, str], Any]
# Plain kinds and what JSON may give for them: it does not tell 4.0 from 4.
KINDS: dict[Any, tuple[type, ...]] = {
    int: (int,),
    float: (int, float),
    str: (str,),
    bool: (bool,),
}
PLAIN = frozenset((int, float, str, bool, type(None)))
WORDS = {int: "whole number", float: "number", str: "text", bool: "true or false"}


class PlainForm(ABC):
    """What is no dataclass and yet has plain values of its own."""

    @abstractmethod
    def to_plain(self) -> Any:
        """Numbers, texts, None, lists and dicts."""

    @classmethod
    @abstractmethod
    def from_plain(cls, value: Any, name: str) -> Any:
        """The object again. ValueError names the field."""


def to_plain(value: Any) -> Any:
    """Dataclasses become dicts, tuples become lists; numbers, texts and None stay as they are."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind in (tuple, list):
        return [item if type(item) in PLAIN else to_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        found = dict(vars(value))
        for name, item in found.items():
            if type(item) not in PLAIN:
                found[name] = to_plain(item)
        return found
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value.to_plain() if isinstance(value, PlainForm) else value


def from_plain(kind: type[T], data: Any) -> T:
    """Build the dataclass `kind` from plain values.

    Fields that the class no longer has are passed over, so a result of an older method stays readable.

    Raises
    ------
    ValueError
        A field without a default is missing, or a value has the wrong shape. The text names the field.
    """
    if not isinstance(data, Mapping):
        raise ValueError(f"{kind.__name__}: expected an object, got {type(data).__name__}")
    values: dict[str, Any] = {}
    for name, read, required in _fields_of(cast(Hashable, kind)):
        if name in data:
            values[name] = read(data[name], name)
        elif required:
            raise ValueError(f"{kind.__name__}: {name} is missing")
    return kind(**values)


@cache
def _fields_of(kind: Hashable) -> tuple[tuple[str, Reader, bool], ...]:
    record: Any = kind
    hints = typing.get_type_hints(record)
    return tuple(
        (
            field.name,
            _reader(hints[field.name]),
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(record)
    )


def _reader(hint: Any) -> Reader:
    """How a value of this type is read; found once per field, since a run reads millions of values."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        options = [option for option in typing.get_args(hint) if option is not type(None)]
        if len(options) != 1:
            known = set(options) <= set(KINDS)
            return _choice_reader(typing.get_args(hint)) if known else lambda value, _name: value
        inner = _reader(options[0])
        return lambda value, name: None if value is None else inner(value, name)
    if origin is tuple:
        return _list_reader(_reader(typing.get_args(hint)[0]))
    if origin in (dict, Mapping):
        return _object_reader(_reader(typing.get_args(hint)[1]))
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda value, _name: from_plain(hint, value)
    if isinstance(hint, type) and issubclass(hint, PlainForm):
        return hint.from_plain
    if hint in KINDS:
        return _plain_reader(hint)
    return lambda value, _name: value


def _plain_reader(hint: type) -> Reader:
    kinds = KINDS[hint]

    def read(value: Any, name: str) -> Any:
        if type(value) not in kinds:
            raise ValueError(f"{name}: expected a {WORDS[hint]}, got {_short(value)}")
        return value

    return read


def _short(value: Any) -> str:
    """A value in a sentence; lists may be nested too deep to be written out."""
    if value and isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return f"{value!r:.40}"


def _choice_reader(options: Sequence[type]) -> Reader:
    """One of several plain kinds, and None where it is among them."""
    kinds = {kind for option in options for kind in KINDS.get(option, (option,))}
    words = " or a ".join(WORDS[option] for option in options if option in KINDS)

    def read(value: Any, name: str) -> Any:
        if type(value) not in kinds:
            raise ValueError(f"{name}: expected a {words}, got {_short(value)}")
        return value

    return read


def _list_reader(inner: Reader) -> Reader:
    def read(value: Any, name: str) -> Any:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{name}: expected a list")
        return tuple([inner(item, name) for item in value])

    return read


def _object_reader(inner: Reader) -> Reader:
    def read(value: Any, name: str) -> Any:
        if not isinstance(value, Mapping):
            raise ValueError(f"{name}: expected an object")
        return {key: inner(item, name) for key, item in value.items()}

    return read
