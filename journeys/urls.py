from django.urls import path

from journeys.views import (
    background_work,
    briefs,
    diagnoses,
    documents,
    exercise_figures,
    explanations,
    exports,
    learning,
    methods,
    site,
)

app_name = "journeys"

EXERCISE = "workspace/exercises/<slug:slug>/"

urlpatterns = [
    path("", site.start, name="start"),
    path("regions/", site.region_list, name="region_list"),
    path("regions/<slug:slug>/", diagnoses.region_detail, name="region_detail"),
    path("regions/<slug:slug>/figures/<slug:key>.svg", diagnoses.figure_svg, name="figure_svg"),
    path("regions/<slug:slug>/figures/<slug:key>.csv", diagnoses.figure_csv, name="figure_csv"),
    path("regions/<slug:slug>/figures/<slug:key>.json", diagnoses.figure_plotly, name="figure_plotly"),
    path(
        "exercises/<slug:slug>/figures/<slug:key>.svg",
        exercise_figures.exercise_figure_svg,
        name="exercise_figure_svg",
    ),
    path(
        "exercises/<slug:slug>/figures/<slug:key>.csv",
        exercise_figures.exercise_figure_csv,
        name="exercise_figure_csv",
    ),
    path(
        "exercises/<slug:slug>/figures/<slug:key>.json",
        exercise_figures.exercise_figure_plotly,
        name="exercise_figure_plotly",
    ),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/<int:pk>/file.pdf", documents.document_download, name="document_download"),
    path("data/<slug:slug>/workbook/", exports.export_start, name="export_start"),
    path("data/workbooks/<int:pk>/", exports.export_detail, name="export_detail"),
    path("data/workbooks/<int:pk>/file/", exports.export_download, name="export_download"),
    path("learning/", learning.learning, name="learning"),
    path("method/", site.method, name="method"),
    path("method/<slug:key>/", methods.method_detail, name="method_detail"),
    path(
        "numbers/<int:run>/<slug:slug>/<slug:measure>/<slug:key>/",
        explanations.number_detail,
        name="number_detail",
    ),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("privacy/", site.privacy, name="privacy"),
    path("workspace/maps/<int:pk>/diagnosis/", diagnoses.diagnosis_draft, name="diagnosis_draft"),
    path("workspace/maps/<int:pk>/summary/<int:slot>/", diagnoses.summary_save, name="summary_save"),
    path("workspace/maps/<int:pk>/briefs/", briefs.brief_list, name="brief_list"),
    path("workspace/maps/<int:pk>/briefs/start/", briefs.brief_start, name="brief_start"),
    path("workspace/briefs/<int:pk>/status/", briefs.brief_status, name="brief_status"),
    path("workspace/briefs/<int:pk>/file.pdf", briefs.brief_download, name="brief_download"),
    path(f"{EXERCISE}document/", documents.document_workspace, name="document_workspace"),
    path(f"{EXERCISE}document/start/", documents.document_start, name="document_start"),
    path(f"{EXERCISE}document/<slug:chapter>/", documents.narrative_save, name="narrative_save"),
    path(f"{EXERCISE}jobs/", background_work.job_list, name="job_list"),
    path(f"{EXERCISE}jobs/<slug:kind>/<int:pk>/retry/", background_work.job_retry, name="job_retry"),
    path("workspace/documents/<int:pk>/status/", documents.document_status, name="document_status"),
    path("workspace/documents/<int:pk>/publish/", documents.document_publish, name="document_publish"),
]
