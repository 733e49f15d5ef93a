"""One class of managers for the history of a model, and a manager for each row."""

import pytest
from django.apps import apps

from cohes3ion.lib.historical import KnownManager
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


def test_no_model_takes_the_records_of_the_library_itself():
    managers = {
        model.__name__: getattr(model, model._meta.simple_history_manager_attribute)
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    }
    assert len(managers) > 20
    assert [name for name, manager in managers.items() if not isinstance(manager, KnownManager)] == []
