"""Frozen dataclasses to and from plain JSON values, so that a job row can carry its inputs and its result."""

import types
import typing
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
# Plain kinds and what JSON may give for them: it does not tell 4.0 from 4.
KINDS: dict[Any, tuple[type, ...]] = {
    int: (int,),
    float: (int, float),
    str: (str,),
    bool: (bool,),
}
WORDS = {int: "whole number", float: "number", str: "text", bool: "true or false"}


def to_plain(value: Any) -> Any:
    """Dataclasses become dicts, tuples become lists; numbers, texts and None stay as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


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
    for name, hint, required in _fields_of(cast(Hashable, kind)):
        if name in data:
            values[name] = _read(hint, data[name], name)
        elif required:
            raise ValueError(f"{kind.__name__}: {name} is missing")
    return kind(**values)


@cache
def _fields_of(kind: Hashable) -> tuple[tuple[str, Any, bool], ...]:
    record: Any = kind
    hints = typing.get_type_hints(record)
    return tuple(
        (field.name, hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in fields(record)
    )


def _read(hint: Any, value: Any, name: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        options = [option for option in typing.get_args(hint) if option is not type(None)]
        if value is None or len(options) != 1:
            return value
        return _read(options[0], value, name)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{name}: expected a list")
        inner = typing.get_args(hint)[0]
        return tuple(_read(inner, item, name) for item in value)
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            raise ValueError(f"{name}: expected an object")
        inner = typing.get_args(hint)[1]
        return {key: _read(inner, item, name) for key, item in value.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, value)
    if hint in KINDS and type(value) not in KINDS[hint]:
        raise ValueError(f"{name}: expected a {WORDS[hint]}, got {value!r:.40}")
    return value
