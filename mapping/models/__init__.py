from mapping.models.batch import Batch
from mapping.models.capability import Capability, RegionalPriority
from mapping.models.exercise import Exercise
from mapping.models.field_change import FieldChange
from mapping.models.indicator import IndicatorTable, IndicatorValue
from mapping.models.invitation import RoleChange, RoleInvitation
from mapping.models.membership import Membership
from mapping.models.project import Project, Region
from mapping.models.removed import RemovedRecord
from mapping.models.stakeholder import Actor, ActorService, ActorTie
from mapping.models.taxonomy import Code, CodeList, NutsRegion
from mapping.models.territory import RegionMap, Strategy, TerritorialUnit, UnitCode, UnitParent

__all__ = [
    "Actor",
    "ActorService",
    "ActorTie",
    "Batch",
    "Capability",
    "Code",
    "CodeList",
    "Exercise",
    "FieldChange",
    "IndicatorTable",
    "IndicatorValue",
    "Membership",
    "NutsRegion",
    "Project",
    "Region",
    "RegionMap",
    "RegionalPriority",
    "RemovedRecord",
    "RoleChange",
    "RoleInvitation",
    "Strategy",
    "TerritorialUnit",
    "UnitCode",
    "UnitParent",
]
