from django.urls import path

from journeys.views import diagnoses, site

app_name = "journeys"

urlpatterns = [
    path("", site.start, name="start"),
    path("regions/", site.region_list, name="region_list"),
    path("regions/<slug:slug>/", diagnoses.region_detail, name="region_detail"),
    path("regions/<slug:slug>/figures/<slug:key>.svg", diagnoses.figure_svg, name="figure_svg"),
    path("regions/<slug:slug>/figures/<slug:key>.csv", diagnoses.figure_csv_file, name="figure_csv"),
    path("regions/<slug:slug>/figures/<slug:key>.json", diagnoses.figure_plotly, name="figure_plotly"),
    path("method/", site.method, name="method"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("privacy/", site.privacy, name="privacy"),
    path("workspace/maps/<int:pk>/diagnosis/", diagnoses.diagnosis_draft, name="diagnosis_draft"),
]
