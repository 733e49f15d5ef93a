"""Frozen dataclasses to JSON values and back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """Dataclasses become objects, tuples become lists; everything else stays."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: Any, value: Any) -> Any:
    """The value of type `kind` behind a JSON value. Unknown keys are an error (KeyError)."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        options = [option for option in get_args(kind) if option is not type(None)]
        return None if value is None else from_plain(options[0], value) if len(options) == 1 else value
    if origin is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in value)
    if origin is dict:
        return {key: from_plain(get_args(kind)[1], item) for key, item in value.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        unknown = set(value) - set(hints)
        if unknown:
            raise KeyError(f"{kind.__name__} has no {sorted(unknown)[0]!r}")
        return kind(**{name: from_plain(hints[name], item) for name, item in value.items()})
    return value
