"""Tables out of the house can be opened again, whatever is stored."""

import io

import pytest
from openpyxl import load_workbook

from cohes3ion.lib.characters import is_kept, well_formed
from cohes3ion.lib.tables import xlsx_bytes
from governance.asking.checks import is_storable

BROKEN = [
    "\ufffe",
    "\uffff",
    "\ufdd0",
    "\U0001fffe",
    "\U0010ffff",
    "\ud800",
    "\udfff",
    "\x00",
    "\x1b",
    "\x85",
    "\ufffd",
]
FINE = ["\n", "\t", "é", "\u202e", "ж", "日", "🜁", "\ufeff", "\ue000"]


@pytest.mark.parametrize("sign", [*BROKEN, *FINE])
def test_what_cannot_be_kept_is_known_everywhere_alike(sign):
    kept = sign in FINE
    assert (is_kept(sign), is_storable(f"a{sign}b")) == (kept, kept)
    assert well_formed(f"a{sign}b") == (f"a{sign}b" if kept else "a\ufffdb")


def test_a_workbook_is_well_formed_whatever_is_stored():
    """One character that XML does not allow would make every sheet unreadable."""
    data = xlsx_bytes([("Sheet\uffff", ["name\ufffe"], [[f"a{sign}b"] for sign in BROKEN])])
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert page.title == "Sheet\ufffd"
    assert [cell.value for cell in page["A"]] == ["name\ufffd", *["a\ufffdb"] * len(BROKEN)]
