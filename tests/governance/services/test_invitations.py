import datetime as dt

import pytest
from django.utils import timezone

from cohes3ion.accounts.delivery import deliver_due
from governance.models import PersonalLink, Response
from governance.services.invitations import AlreadyInvited, NotInviting, mail_link, revoke_link
from governance.services.personal_links import start_link
from mapping.models import Project
from tests.factories.governance import VersionFactory
from tests.factories.mapping import RegionMapFactory
from tests.governance.links import consulted_map, invited, version_of

pytestmark = pytest.mark.django_db


def test_an_invitation_counts_before_anybody_opens_it():
    region_map = consulted_map()
    link, address = invited(region_map)
    response = Response.objects.get()
    assert (response.group, response.label, response.helix) == ("stakeholder", "Baltic Robotics", "business")
    assert (response.questionnaire_version, response.opened_at) == (version_of(region_map), None)
    assert link.response == response
    assert link.token_hash not in address


def test_answers_in_a_demonstration_are_marked_as_invented():
    region_map = consulted_map()
    Project.objects.update(is_demo=True)
    invited(region_map)
    assert Response.objects.get().provenance == "invented"


@pytest.mark.parametrize("name", ["baltic robotics", "Baltic\u00a0Robotics", "ＢＡＬＴＩＣ Robotics"])
def test_an_organisation_has_one_link(name):
    region_map = consulted_map()
    invited(region_map)
    with pytest.raises(AlreadyInvited):
        invited(region_map, organisation=name)


def test_an_expired_link_is_taken_back_before_a_new_one():
    region_map = consulted_map()
    link, _address = invited(region_map, expires_at=timezone.now() - dt.timedelta(days=1))
    with pytest.raises(AlreadyInvited):
        invited(region_map)
    revoke_link(link=link)
    invited(region_map)
    assert Response.objects.count() == 1


def test_the_same_organisation_may_be_invited_to_another_map():
    for _number in range(2):
        invited(consulted_map())
    assert PersonalLink.objects.count() == 2


def test_a_new_invitation_replaces_what_was_begun_but_never_sent():
    region_map = consulted_map()
    link, _address = invited(region_map)
    start_link(link=link)
    revoke_link(link=link)
    assert Response.objects.count() == 1
    invited(region_map)
    assert Response.objects.count() == 1


def test_taking_back_keeps_answers_that_were_sent():
    link, _address = invited(consulted_map())
    Response.objects.update(state="submitted", opened_at=timezone.now())
    revoke_link(link=link)
    assert Response.objects.get().state == "submitted"


@pytest.mark.parametrize("state", ["adopted", "published"])
def test_nobody_is_invited_later(state):
    now = timezone.now()
    later = {"adopted_on": now.date(), "adopted_by": "Council", "released_at": now, "published_at": now}
    with pytest.raises(NotInviting):
        invited(consulted_map(state=state, **later))


def test_without_a_questionnaire_nobody_is_invited():
    VersionFactory()
    with pytest.raises(NotInviting):
        invited(RegionMapFactory(state="consultation"))
    assert not PersonalLink.objects.exists()


def test_a_mail_server_that_does_not_answer_loses_nothing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    link, address = invited(consulted_map(), email="info@robotics.invalid")
    mail = mail_link(link=link, address=address, by=None)
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.link) == ("waiting", 1, address)
