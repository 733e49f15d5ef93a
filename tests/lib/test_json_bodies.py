"""The parser of the API: what it takes, and a clear refusal for everything else."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohes3ion.lib.characters import is_no_character
from cohes3ion.lib.json_bodies import MOST_BYTES, MOST_LEVELS, StrictJSONParser, read_json
from cohes3ion.lib.refusals import Refusal

REFUSED = [
    (b"", "json"),
    (b"no", "json"),
    (b'{"a": 1', "json"),
    (b"[]", "object"),
    (b"null", "object"),
    (b'"x"', "object"),
    (b"3", "object"),
    (b'\xef\xbb\xbf{"a": 1}', "bom"),
    (b'{"a": "\xff"}', "encoding"),
    ('{"a": "é"}'.encode("utf-16"), "encoding"),
    (b'{"a": NaN}', "number"),
    (b'{"a": -Infinity}', "number"),
    (b'{"a": 1e400}', "number"),
    (b'{"a": ' + b"9" * 5000 + b"}", "number"),
    (b'{"a": 1.' + b"9" * 5000 + b"}", "number"),
    (b'{"a": 1, "a": 2}', "twice"),
    (b'{"a": {"b": [{"c": 1, "c": 1}]}}', "twice"),
    (b'{"a": "\\u0000"}', "characters"),
    (b'{"\\u0000": 1}', "characters"),
    (b'{"a": ["\\ud800"]}', "characters"),
    (b'{"a": {"b\\udfff": 1}}', "characters"),
    (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "depth"),
    (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "depth"),
    (b'{"a":' * 5000 + b"1" + b"}" * 5000, "depth"),
]


@pytest.mark.parametrize(("body", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_kept_is_refused_in_a_sentence(body, code):
    with pytest.raises(Refusal) as caught:
        read_json(body)
    assert (caught.value.status_code, caught.value.default_code) == (400, code)
    assert str(caught.value.detail).endswith((".", ")."))


def test_the_refusal_names_the_place():
    with pytest.raises(Refusal) as caught:
        read_json(b'{"answers": {"q1": [1, "\\u0000"]}}')
    assert caught.value.path == "answers.q1.1"


def test_pairs_of_surrogates_and_every_script_pass():
    assert read_json(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}
    assert read_json('{"ő": "ή й\\n\\t"}'.encode()) == {"ő": "ή й\n\t"}


def test_the_deepest_that_is_taken():
    body = '{"a": ' + "[" * (MOST_LEVELS - 1) + "]" * (MOST_LEVELS - 1) + "}"
    assert read_json(body.encode())


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 10 * MOST_BYTES])
def test_p59_a_large_body_is_413_and_not_read_to_its_end(size):
    stream = io.BytesIO(b" " * size)
    with pytest.raises(Refusal) as caught:
        StrictJSONParser().parse(stream, "application/json")
    assert caught.value.status_code == 413
    assert stream.tell() <= MOST_BYTES + 1


def test_a_size_that_is_announced_is_believed_before_reading():
    stream = io.BytesIO(b"{}")
    stream.META = {"CONTENT_LENGTH": str(MOST_BYTES + 1)}
    with pytest.raises(Refusal):
        StrictJSONParser().parse(stream, "application/json")
    assert stream.tell() == 0


@given(st.binary(max_size=200))
def test_no_body_is_more_than_refused(body):
    try:
        found = read_json(body)
    except Refusal:
        return
    assert isinstance(found, dict)


SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXT = st.text(SIGNS.filter(lambda sign: not is_no_character(sign)), max_size=8)
PLAIN = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXT
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=8)


@given(st.dictionaries(TEXT, VALUES))
def test_everything_that_can_be_kept_passes_unchanged(value):
    assert read_json(json.dumps(value).encode()) == value
