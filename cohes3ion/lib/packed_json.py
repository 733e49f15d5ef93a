"""Large JSON values as compressed bytes, in pieces that can be taken over without being read.

PostgreSQL would take a JSON column apart, for every row and on every write. Nothing is looked for inside
these values, so they stand as text: plain while they are small, compressed otherwise.
"""

import json
import zlib
from collections.abc import Iterable
from typing import Any, Self

from django.db import models

COMPRESSED = b"z"  # JSON never begins with it
END = b"\x03\x00"  # an empty last block
SMALL = 4096  # bytes below which compressing costs more than it saves
LEVEL = 1  # a fifth of the size; the higher levels take twice the time for a tenth less


class Packed(bytes):
    """A JSON value as it is stored: plain JSON, or compressed pieces whose texts follow one another."""

    @classmethod
    def of(cls, value: Any) -> Self:
        """An empty object has no bytes, so that rows can be asked for it."""
        return cls.of_text(json_text(value)) if value != {} else cls()

    @classmethod
    def of_text(cls, text: str) -> Self:
        data = text.encode()
        return cls(data) if len(data) < SMALL else cls.of_pieces([piece(text)])

    @classmethod
    def of_pieces(cls, pieces: Iterable[bytes]) -> Self:
        """One value whose text is that of these pieces, one after the other."""
        return cls(b"".join([COMPRESSED, *pieces, END]))

    def read(self) -> Any:
        if not self:
            return {}
        is_plain = not self.startswith(COMPRESSED)
        return json.loads(self if is_plain else zlib.decompress(memoryview(self)[1:], -zlib.MAX_WBITS))


def piece(text: str) -> bytes:
    """A part of a JSON text, to stand in a Packed value between others: it looks back on none of them."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(text.encode()) + deflate.flush(zlib.Z_FULL_FLUSH)


def json_text(value: Any) -> str:
    """JSON without spaces; a dataclass is an object of its fields. Raises ValueError on NaN."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=vars)


class PackedJSONField(models.BinaryField):
    """Any JSON value; a `Packed` one is written as it is."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else Packed(value).read()

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Packed) else Packed.of(value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        return json_text(self.value_from_object(obj))
