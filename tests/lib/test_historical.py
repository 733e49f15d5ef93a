"""One class of managers for the history of a model, and a manager for each row."""

import pytest

from mapping.models import Capability
from tests.factories.mapping import CapabilityFactory


@pytest.mark.django_db
def test_each_row_has_its_own_history_by_the_same_class():
    one, other = CapabilityFactory(name="Ceramics"), CapabilityFactory(name="Optics")
    one.name = "Fine ceramics"
    one.save()
    assert list(one.history.values_list("name", flat=True)) == ["Fine ceramics", "Ceramics"]
    assert list(other.history.values_list("name", flat=True)) == ["Optics"]
    assert Capability.history.count() == 3
    assert type(one.history) is type(other.history) is type(Capability.history)
