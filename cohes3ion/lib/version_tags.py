"""Versions of the fields of a row as one ETag, and the If-Match that a write sends back.

The tag names the version of each field, so that a write is compared by the fields it changes: a colleague in
another field is no conflict. Clients treat it as opaque.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from cohes3ion.lib.refusals import Refusal

TAG = re.compile(r'"([a-z]+\.[0-9]{1,9}(?:-[a-z]+\.[0-9]{1,9})*)"')


def tag_of(versions: Mapping[str, int]) -> str:
    return '"' + "-".join(f"{name}.{version}" for name, version in versions.items()) + '"'


def versions_in(header: str | None) -> dict[str, int]:
    """The versions a request is based on. Raises Refusal: 428 without a tag, 400 when it is none of ours."""
    if header is None:
        sentence = _("Read the answer first and send its ETag as If-Match, so that nobody is overwritten.")
        raise Refusal(428, "precondition_required", sentence, path="If-Match")
    found = TAG.fullmatch(header.strip())
    parts = [part.split(".") for part in found[1].split("-")] if found else []
    versions = {name: int(version) for name, version in parts}
    if not found or len(versions) < len(parts):
        sentence = _("If-Match must be the ETag that the answer came with: no *, no list, no weak tag (W/).")
        raise Refusal(400, "if_match", sentence, path="If-Match")
    return versions


def version_in(versions: Mapping[str, int], *, field: str) -> int:
    """The version of a field that is written. Raises Refusal when the tag is of something else."""
    if field not in versions:
        sentence = _("If-Match does not name the version of “%(field)s”. Send the ETag of this very answer.")
        raise Refusal(400, "if_match", sentence % {"field": field}, path="If-Match")
    return versions[field]
