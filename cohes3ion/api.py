"""The API's address book."""

from typing import Any

from django.http import Http404
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.routers import DefaultRouter
from rest_framework.views import APIView

from governance.api import public as governance
from governance.api.answers import AnswerDetail, AnswerList
from governance.api.documents import DocumentDetail, DocumentFile, DocumentList
from governance.api.entries import EntryDetail, EntryList
from governance.api.responses import ResponseViewSet
from governance.api.talks import CommentList, ThreadDetail, ThreadList
from journeys.api import documents, events, journeys, news, plans, posts, practices, search
from journeys.api.reports import ProjectIndicatorList
from journeys.api.suggestions import PracticeSuggestionList
from mapping import api as mapping


class NothingHere(APIView):
    """Every address of the API that is none: a problem in JSON, where the site would show a page."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


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
router.register("areas", governance.AreaViewSet, "area")
router.register("scores", governance.ScoreViewSet, "score")
router.register("findings", governance.FindingViewSet, "finding")
router.register("documents", documents.DocumentViewSet, "document")
router.register("plans", plans.PlanViewSet, "plan")
router.register("actions", plans.ActionViewSet, "action")
router.register("journeys", journeys.JourneyViewSet, "journey")
router.register("events", events.EventViewSet, "event")
router.register("visits", journeys.VisitViewSet, "visit")
router.register("takeaways", journeys.TakeawayViewSet, "takeaway")
router.register("visit-questions", journeys.VisitQuestionViewSet, "visit_question")
router.register("practices", practices.PracticeViewSet, "practice")
router.register("practice-uses", practices.PracticeUseViewSet, "practice_use")
router.register("posts", posts.PostViewSet, "post")
router.register("news", news.ArticleViewSet, "article")
router.register("newsletters", news.NewsletterViewSet, "newsletter")
router.register("search", search.SearchViewSet, "search")
router.register("responses", ResponseViewSet, "response")

RESPONSE = "responses/<int:pk>/"
ANSWER = f"{RESPONSE}answers/<str:place>/"
DOCUMENT = f"{ANSWER}evidence/<int:evidence>/"
THREAD = f"{RESPONSE}threads/<int:thread>/"
answers = [
    path(f"{RESPONSE}answers/", AnswerList.as_view(), name="answer-list"),
    path(ANSWER, AnswerDetail.as_view(), name="answer-detail"),
    path(f"{ANSWER}evidence/", DocumentList.as_view(), name="evidence-list"),
    path(DOCUMENT, DocumentDetail.as_view(), name="evidence-detail"),
    path(f"{DOCUMENT}file/", DocumentFile.as_view(), name="evidence-file"),
    path(f"{ANSWER}threads/", ThreadList.as_view(), name="thread-list"),
    path(THREAD, ThreadDetail.as_view(), name="thread-detail"),
    path(f"{THREAD}comments/", CommentList.as_view(), name="comment-list"),
    path("projects/<slug:slug>/indicators/", ProjectIndicatorList.as_view(), name="indicator-list"),
    path(
        "regions/<slug:slug>/practice-suggestions/", PracticeSuggestionList.as_view(), name="suggestion-list"
    ),
    path(f"{RESPONSE}entries/", EntryList.as_view(), name="entry-list"),
    path(f"{RESPONSE}entries/<str:place>/", EntryDetail.as_view(), name="entry-detail"),
]

urlpatterns = [
    path("", include(([*router.urls, *answers], "api"))),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    re_path("^.*/$", NothingHere.as_view(), name="nothing_here"),
]
