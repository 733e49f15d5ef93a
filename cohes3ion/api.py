"""The API's address book."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from governance import api as governance
from journeys import api as journeys
from mapping import api as mapping

router = DefaultRouter()
router.include_format_suffixes = False  # one address for a thing; it is JSON anyhow
router.register("projects", mapping.ProjectViewSet, "project")
router.register("exercises", mapping.ExerciseViewSet, "exercise")
router.register("regions", mapping.RegionViewSet, "region")
router.register("units", mapping.UnitViewSet, "unit")
router.register("priorities", mapping.PriorityViewSet, "priority")
router.register("capabilities", mapping.CapabilityViewSet, "capability")
router.register("actors", mapping.ActorViewSet, "actor")
router.register("spaces", governance.SpaceViewSet, "space")
router.register("scores", governance.ScoreViewSet, "score")
router.register("findings", governance.FindingViewSet, "finding")
router.register("documents", journeys.DocumentViewSet, "document")

urlpatterns = [
    path("", include((router.urls, "api"))),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
