"""The words of the map, as stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExerciseState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Published")


class MapState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("In consultation")
    ADOPTED = "adopted", _("Adopted")
    PUBLISHED = "published", _("Published")


class Role(models.TextChoices):
    OBSERVER = "observer", _("Observer")
    STAKEHOLDER = "stakeholder", _("Stakeholder")
    UNIT_CONTACT = "unit_contact", _("Unit contact")
    CONTRIBUTOR = "contributor", _("Contributor")
    REGIONAL_LEAD = "regional_lead", _("Regional lead")
    FACILITATOR = "facilitator", _("Facilitator")
    COORDINATOR = "coordinator", _("Coordinator")


class UnitKind(models.TextChoices):
    NATIONAL = "national", _("Country")
    REGION = "region", _("Region")
    PROVINCE = "province", _("Province or sub-region")
    METROPOLIS = "metropolis", _("Metropolis or functional area")
    COUNTY = "county", _("County or district")
    CITY = "city", _("City or municipality")
    NETWORK = "network", _("Network")


class Competence(models.TextChoices):
    NONE = "none", _("None")
    ADVISORY = "advisory", _("Advisory")
    SHARED = "shared", _("Shared")
    OWN = "own", _("Own")


class StrategyKind(models.TextChoices):
    S3 = "s3", _("Smart specialisation")
    TERRITORIAL = "territorial", _("Territorial")
    SECTOR = "sector", _("Sector")
    NONE = "none", _("Other")


class CapabilityKind(models.TextChoices):
    HORIZONTAL = "horizontal", _("Horizontal")
    SECTORAL = "sectoral", _("Sectoral")


class CapabilityStatus(models.TextChoices):
    CONSOLIDATED = "consolidated", _("Consolidated")
    EMERGING = "emerging", _("Emerging")
    POTENTIAL = "potential", _("Potential")
    DECLINING = "declining", _("Declining")


class ChainRole(models.TextChoices):
    RESEARCH = "research", _("Research")
    SKILLS = "skills", _("Skills")
    SUPPLY = "supply", _("Supply")
    PRODUCTION = "production", _("Production")
    SERVICES = "services", _("Services")
    DEMAND = "demand", _("Demand and testbed")


class Strength(models.IntegerChoices):
    FIRST_ACTORS = 1, _("First actors")
    REGULAR = 2, _("Regular activity")
    CRITICAL_MASS = 3, _("Critical mass in the region")
    VISIBLE = 4, _("Visible in the country")
    LEADING = 5, _("Among the leading places in Europe")


class Helix(models.TextChoices):
    BUSINESS = "business", _("Business")
    KNOWLEDGE = "knowledge", _("Knowledge")
    GOVERNMENT = "government", _("Government")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Service(models.TextChoices):
    INFORMATION = "information", _("Information")
    ADVICE = "advice", _("Advice")
    TECHNOLOGY_TRANSFER = "technology_transfer", _("Technology transfer")
    FINANCE = "finance", _("Finance")
    INCUBATION = "incubation", _("Incubation")
    CLUSTER = "cluster", _("Cluster")
    INTERNATIONALISATION = "internationalisation", _("Internationalisation")
    SKILLS = "skills", _("Skills")
    TESTBED_PROCUREMENT = "testbed_procurement", _("Testbed and procurement")


class AnswerKind(models.TextChoices):
    """A missing answer is never a zero: the four are kept apart everywhere."""

    UNANSWERED = "unanswered", _("Not answered yet")
    VALUE = "value", _("Value")
    NO_INFORMATION = "no_information", _("No information")
    DOES_NOT_APPLY = "does_not_apply", _("Does not apply")


class Provenance(models.TextChoices):
    SOURCED = "sourced", _("Sourced")
    AGREED = "agreed", _("Agreed")
    ESTIMATED = "estimated", _("Estimated")
    INVENTED = "invented", _("Invented for the demonstration")


class RoleStep(models.TextChoices):
    """What happened to a role."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    GIVEN = "given", _("Given")
    TAKEN = "taken", _("Taken away")
    WITHDRAWN = "withdrawn", _("Invitation withdrawn")


class BatchKind(models.TextChoices):
    PASTE = "paste", _("Rows pasted from a spreadsheet")
    MERGE = "merge", _("Two actors merged")


class ChangeMark(models.TextChoices):
    """What a change is that does not simply stand."""

    LATE = "late", _("came too late")
