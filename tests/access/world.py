"""One partnership at work, a second one beside it, and a person for every role."""

import copy
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from cohes3ion.lib.history import history_may_go
from cohes3ion.lib.jobs import JobState
from governance.enums import Group, QuestionnaireState, ResponseState
from governance.models import (
    Answer,
    AnswerImport,
    AreaOfImprovement,
    Assignment,
    Challenge,
    ConsultationComment,
    Evidence,
    GovernanceScore,
    GovernanceSpace,
    OrderedFile,
    Question,
    QuestionnaireUpload,
    QuestionnaireVersion,
    Reminder,
    Response,
    StatisticsImport,
    WorkshopDecision,
)
from governance.selectors.reminder_texts import stop_token
from governance.selectors.scores import public_scores
from governance.services.invitations import create_link
from governance.services.maps import open_consultation
from governance.services.questionnaires import draft_from_dict
from governance.services.threads import start_answer_thread
from governance.services.workshops import open_workshop
from journeys.models import Brief, ChapterNarrative, Document, Export, SummarySentence
from mapping.enums import Role
from mapping.models import Batch, Exercise, RegionMap, RemovedRecord
from mapping.selectors.kinds import KINDS
from mapping.services.removals import remove_record
from mapping.services.role_invitations import invite, mail_invitation
from tests.access import exchange as exchange_rows
from tests.access.canary import CANARY, FROZEN, last_keys, mark
from tests.access.gatherings import gathering
from tests.factories.exchange import EventFactory
from tests.factories.governance import QuestionFactory
from tests.factories.mapping import ActorFactory, CapabilityFactory, ExerciseFactory, UserFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

ROLES = (
    "anonymous",
    "observer",
    "stakeholder",
    "unit_contact",
    "contributor",
    "regional_lead",
    "facilitator",
    "coordinator",
    "stranger",  # the coordinator of another partnership
)
LINK = {"organisation": "A firm", "helix": "business", "email": "", "language": "en", "expires_at": None}


@dataclass
class World:
    """Rows by the names that addresses and bodies use, and a signed-in browser for every role."""

    rows: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def names(self) -> dict[str, Any]:
        """What stands in an address: keys and slugs."""
        return {name: getattr(row, "pk", row) for name, row in self.rows.items()}


def stored_file(row: Any, text: str = "the file") -> Any:
    row.file.save("file", ContentFile(text.encode()))
    return row


def questionnaire() -> QuestionnaireVersion:
    """Published versions are kept in memory by their fingerprint, so each has its own."""
    version = small_version()
    version.fingerprint = uuid.uuid4().hex
    version.save(update_fields=["fingerprint"])
    return version


def consultation(exercise: Exercise, version: Any) -> dict[str, Any]:
    """A map that its people work on: every kind of row, every state of a response."""
    region = small_region(exercise, version)
    region_map = open_consultation(region_map=region.region_map, expected=1, by=None)
    responses = Response.objects.filter(region_map=region_map)
    team, of_unit = region.team, responses.get(group=Group.UNIT)
    of_stakeholder = responses.filter(group=Group.STAKEHOLDER).earliest("pk")
    with history_may_go():  # no way leads back to a draft
        Response.objects.filter(pk__in=[team.pk, of_unit.pk, of_stakeholder.pk]).update(
            state=ResponseState.DRAFT, submitted_at=None
        )
    unit = of_unit.unit
    other = region_map.units.exclude(pk=unit.pk).get()
    about_unit = QuestionFactory(section=region.questions[0].section, code="9.1", scope="unit", is_core=False)
    number = {"code": "9.2", "type": "number", "rubric": [], "is_core": False, "required": False}
    QuestionFactory(section=region.questions[0].section, **number)
    Answer.objects.create(response=team, question=about_unit, about_unit=unit, kind="value", level=2)
    answer = Answer.objects.get(response=team, question__code="1.1")
    evidence = Evidence.objects.create(
        region_map=region_map, title="A paper", file_name="paper.pdf", file="-"
    )
    stored_file(evidence).answers.add(answer)
    challenge = Challenge.objects.create(exercise=exercise, title="Talk to each other", narrative="A story")
    SummarySentence.objects.create(region_map=region_map, slot=1, text="Written by hand")
    ChapterNarrative.objects.create(exercise=exercise, chapter="introduction", text="How it began")
    link, token = create_link(region_map=region_map, values=LINK, by=None)
    second = {**LINK, "organisation": "Another firm"}
    begun, begun_token = create_link(region_map=region_map, values=second, by=None)
    brief = CapabilityFactory(region_map=region_map, unit=unit, name="Soon removed")
    remove_record(kind=KINDS["capability"], row=brief, expected=1, by=None)
    reminder = Reminder.objects.create(
        exercise=exercise,
        region=region_map.region,
        address=f"late-{region_map.pk}@test.invalid",
        name="Somebody late",
        subject="It was due",
        text="This still waits for you in the round.",
    )
    work = {"region_map": region_map, "organisation": "A chamber", "email": "chamber@test.invalid"}
    workshop = open_workshop(region_map=region_map, audience="team", people={"team": 3}, by=None)
    settled = {"state": "settled", "level": 3, "reason": "The forum meets", "people": {"team": 3}}
    WorkshopDecision.objects.create(workshop=workshop, question=answer.question, **settled)
    return (
        arrangements(region_map)
        | exchange_rows.journey_at_work(region_map)
        | gathering(region_map)
        | {
            "link_comment": commented(region_map, link=begun),
            "map_comment": commented(region_map),
            "assignment": Assignment.objects.create(**work, response=team, part="E1"),
            "map_assignment": Assignment.objects.create(
                **work | {"email": "map@test.invalid"}, part="actors"
            ),
            "reminder": reminder,
            "stop_token": stop_token(reminder),
            "map": region_map,
            "region_pk": region_map.region_id,
            "removed": RemovedRecord.objects.get(region_map=region_map),
            "unit": unit,
            "own": unit.capabilities.earliest("pk"),
            "others": other.capabilities.earliest("pk"),
            "other_unit": other,
            "version": region_map.version,
            "unit_name": unit.name,
            "priority": region_map.priorities.earliest("pk"),
            "actor": region_map.actors.earliest("pk"),
            "actor2": ActorFactory(region_map=region_map, name="A lab of the firm"),
            "batch": Batch.objects.create(region_map=region_map, kind="paste", content={"rows": []}),
            "space": GovernanceSpace.objects.get(region_map=region_map),
            "team": team,
            "of_unit": of_unit,
            "of_stakeholder": of_stakeholder,
            "evidence": evidence,
            "area": AreaOfImprovement.objects.get(region_map=region_map),
            "challenge": challenge,
            "challenge2": Challenge.objects.create(exercise=exercise, title="Learn together", position=1),
            "link": link,
            "token": token,
            "begun": begun_token,
        }
    )


def commented(region_map: RegionMap, **author: Any) -> ConsultationComment:
    """A comment on the draft map, with its answer."""
    answer = {"verdict": "partly", "reply": "One of both", "replied_at": timezone.now()}
    return ConsultationComment.objects.create(
        consultation=region_map.consultations.get(), text="Well drawn so far", **answer, **author
    )


def arrangements(region_map: RegionMap) -> dict[str, Any]:
    """A role, an open invitation to one, and a mail about it."""
    place = {"project": region_map.exercise.project, "region": region_map.region, "role": Role.CONTRIBUTOR}
    colleague = member(Role.CONTRIBUTOR, region_map)
    invitation, token = invite(
        email=f"new-{region_map.pk}@test.invalid",
        language="en",
        place={**place, "unit": None},
        by=member(Role.REGIONAL_LEAD, region_map),
    )
    mail_invitation(invitation=invitation, link="http://testserver/join/", by=invitation.given_by)
    return {
        "membership": colleague.memberships.get(),
        "invitation": invitation,
        "join_token": token,
        "mail": Mail.objects.get(place=f"region-{region_map.region_id}"),
    }


def survey(exercise: Exercise, *, title: str) -> dict[str, Any]:
    """A questionnaire that the coordinator writes."""
    choices = [{"code": "a", "label": f"{title}: food"}, {"code": "b", "label": f"{title}: robots"}]
    asked = {"code": "1.1", "type": "multiple_choice", "short": f"{title}: fields"}
    asked |= {"settings": {"choices": choices}}
    section = {"code": "S1", "title": f"{title}: firms", "questions": [asked]}
    definition = {"title": title, "sections": [section]}
    version = draft_from_dict(definition=definition, project=exercise.project, by=None)
    question = Question.objects.get(section__version=version)
    upload = QuestionnaireUpload.objects.create(
        project=exercise.project, file_name=f"{title}.json", definition=definition, created_by=UserFactory()
    )
    rows = {"survey": version, "survey_section": question.section, "survey_question": question}
    return rows | {"survey_upload": upload}


def results(exercise: Exercise, region_map: RegionMap) -> dict[str, Any]:
    """What workers made of it: drafts, and what may be published."""
    common = {"exercise": exercise, "state": JobState.DONE, "language": "en"}
    draft = Document.objects.create(**common, fingerprint="draft", region=region_map.region)
    public = Document.objects.create(**common, fingerprint="public", is_draft=False, edition=2)
    unpublished = Document.objects.create(**common, fingerprint="final", is_draft=False, edition=3)
    export = Export.objects.create(exercise=exercise, state=JobState.DONE, fingerprint="workbook")
    place = {"exercise": exercise, "region": region_map.region, "since": "2026-01-31"}
    brief = Brief.objects.create(**place, state=JobState.DONE, fingerprint="brief")
    for row in (draft, public, unpublished, export, brief):
        stored_file(row)
    kept = StatisticsImport.objects.create(
        exercise=exercise,
        state=JobState.DONE,
        file_name="jobs.csv",
        source="table",
        choices={"title": "Jobs"},
    )
    return {
        "brief": brief,
        "statistics": stored_file(kept),
        "draft": draft,
        "document": public,
        "unpublished": unpublished,
        "export": export,
    }


def ordered_by(person: Any, exercise: Exercise) -> Export:
    """A workbook that is not public: nobody else reads it."""
    row = Export.objects.create(
        exercise=exercise, state=JobState.DONE, fingerprint="workbook of drafts", created_by=person
    )
    return stored_file(row)


def transfers(person: Any, exercise: Exercise) -> dict[str, Any]:
    """A file of answers somebody asked for, and one that came back: nobody else reads them."""
    common = {"exercise": exercise, "state": JobState.DONE, "created_by": person}
    outcome = {"rows": 1, "changes": 1, "problems": 0, "added": 0, "removed": 0, "writes": [], "findings": []}
    file = OrderedFile.objects.create(**common, kind="answers", form="xlsx")
    sent = AnswerImport.objects.create(**common, file_name="answers.xlsx", outcome=outcome)
    return {"own_file": stored_file(file), "sent": stored_file(sent)}


def people(region_map: RegionMap, rows: dict[str, Any]) -> dict[str, Any]:
    users = {
        str(role): member(role, region_map, rows["unit"] if role == Role.UNIT_CONTACT else None)
        for role in Role
    }
    Response.objects.filter(pk=rows["of_stakeholder"].pk).update(respondent=users[Role.STAKEHOLDER])
    ConsultationComment.objects.filter(pk=rows["map_comment"].pk).update(person=users[Role.STAKEHOLDER])
    return users


def talk(response: Any, *, by: Any, to: Any) -> dict[str, Any]:
    """A discussion about the first answer, in which somebody is named."""
    thread = start_answer_thread(response=response, key=("1.1", None), text=f"@{to.name}?", by=by)
    comment = thread.comments.get()
    return {"thread": thread, "comment": comment, "mention": comment.mentions.get()}


def build_world() -> World:
    world = World()
    exercise, version = ExerciseFactory(), questionnaire()
    published = small_region(exercise, version)
    publish(published.region_map)
    rows = consultation(exercise, version)
    runs = analyse(exercise)
    rows |= results(exercise, rows["map"]) | survey(exercise, title="A survey")
    rows |= exchange_rows.public_journey(published.region_map)
    Document.objects.filter(pk=rows["document"].pk).update(published_at=timezone.now())
    Export.objects.filter(pk=rows["export"].pk).update(is_public=True)
    rows |= {
        "exercise": exercise.slug,
        "project": exercise.project.slug,
        "published_region": published.region_map.region.slug,
        "published_event": EventFactory(region=rows["map"].region, title="Open to all").slug,
        "region": rows["map"].region.slug,
        "published_map": published.region_map,
        "published_team": published.team,
        "published_capability": published.region_map.units.first().capabilities.first(),
        "analysis": runs["synergies"],
        "score": public_scores(GovernanceScore.objects.filter(region_map=published.region_map)).first(),
        "finding": runs["synergies"].findings.first(),
    }
    rows |= exchange_rows.plans(rows) | exchange_rows.practices(rows, public=True) | exchange_rows.news(rows)
    rows["published_article"] = exchange_rows.public_article(exercise.project)
    rows["published_letter"] = exchange_rows.public_letter(exercise.project)
    users = people(rows["map"], rows)
    neighbours = other_partnership()
    outsider = member(Role.REGIONAL_LEAD, neighbours["map"])
    neighbours |= transfers(outsider, neighbours["map"].exercise)
    neighbours |= talk(neighbours["team"], by=outsider, to=member(Role.CONTRIBUTOR, neighbours["map"]))
    far = {"owner": outsider, "partner": member(Role.CONTRIBUTOR, neighbours["map"]), "is_open": False}
    neighbours |= exchange_rows.posts(neighbours["map"].region, **far)
    near = {"owner": users["regional_lead"], "partner": users["contributor"], "is_open": True}
    rows |= exchange_rows.posts(rows["map"].region, **near)
    rows |= {f"foreign_{name}": row for name, row in neighbours.items()}
    rows |= transfers(users["regional_lead"], exercise)
    rows["own_export"] = ordered_by(users["regional_lead"], exercise)
    users["stranger"] = member(Role.COORDINATOR, neighbours["map"])
    rows |= talk(rows["team"], by=users["regional_lead"], to=users["contributor"])
    world.rows = rows
    for role in ROLES:
        world.clients[role] = Client(raise_request_exception=False)
        if role in users:
            world.clients[role].force_login(users[role])
    # The browser of a stakeholder without an account has begun to answer.
    world.clients["anonymous"].post(f"/take-part/{rows['begun']}/start/")
    return world


def other_partnership() -> dict[str, Any]:
    """Another partnership, nothing of it published; every text in it carries the canary."""
    before = last_keys()
    exercise = ExerciseFactory(project__acronym=CANARY)
    # The database refuses to change a published questionnaire: its texts are marked while it is a draft.
    draft = small_version(state=QuestionnaireState.DRAFT, published_at=None, fingerprint=uuid.uuid4().hex)
    for model in FROZEN:
        mark(model, before[model])
    QuestionnaireVersion.objects.filter(pk=draft.pk).update(
        state=QuestionnaireState.PUBLISHED, published_at=timezone.now()
    )
    rows = consultation(exercise, QuestionnaireVersion.objects.get(pk=draft.pk))
    rows |= exchange_rows.plans(rows) | exchange_rows.practices(rows, public=False) | exchange_rows.news(rows)
    for model, last in before.items():
        if model not in FROZEN:
            mark(model, last)
    rows["map"] = RegionMap.objects.select_related("exercise__project", "region").get(pk=rows["map"].pk)
    runs = analyse(rows["map"].exercise, public=False)
    rows |= results(exercise, rows["map"]) | survey(exercise, title=f"{CANARY} survey")
    slugs = {"exercise": exercise.slug, "project": exercise.project.slug, "region": rows["map"].region.slug}
    rows |= slugs | {"analysis": runs["synergies"], "finding": runs["synergies"].findings.earliest("pk")}
    return rows


def ask(client: Client, method: str, address: str, sent: Any = None) -> tuple[Any, bytes]:
    """One request; what it wrote, in the database or in the browser, is gone afterwards."""
    kept = copy.deepcopy(client.cookies)
    as_json = {"content_type": "application/json"} if address.startswith("/api/") and method == "post" else {}
    with transaction.atomic():
        reply = getattr(client, method)(address, *([sent] if sent else []), **as_json)
        body = b"".join(reply) if reply.streaming else reply.content
        transaction.set_rollback(True)
    client.cookies = kept
    return reply, body
