import pytest

from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.versions import text_version
from governance.models import PersonalLink, PressingArea
from governance.selectors.personal_links import area_version, own_response
from governance.services.personal_links import start_link
from governance.services.stakeholder_texts import save_texts
from tests.governance.links import consulted_map, invited

pytestmark = pytest.mark.django_db


def area(text: str, *, version: int, dimension: str = "") -> Change:
    return Change(field="area", values={"text": text, "dimension": dimension}, version=version)


def test_an_area_is_written_changed_and_emptied():
    made, _address = invited(consulted_map())
    start_link(link=made)
    link = PersonalLink.objects.get(pk=made.pk)
    empty = area_version(None)
    assert save_texts(scope=own_response(link), areas={1: area("Trust", version=empty)}, comment=None) == []
    row = PressingArea.objects.get()
    stale = save_texts(scope=own_response(link), areas={1: area("Money", version=empty)}, comment=None)
    assert [(field.name, field.key, field.stored) for field in stale] == [("area", "1", row)]
    change = area("Money", version=area_version(row), dimension="E6")
    assert save_texts(scope=own_response(link), areas={1: change}, comment=None) == []
    gone = area("", version=text_version("Money", "E6"))
    assert save_texts(scope=own_response(link), areas={1: gone}, comment=None) == []
    assert not PressingArea.objects.exists()
