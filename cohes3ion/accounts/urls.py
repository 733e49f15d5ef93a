from django.urls import path

from cohes3ion.accounts import token_views, views

app_name = "accounts"
urlpatterns = [
    path("demonstration/", views.demo_sign_in, name="demo_sign_in"),
    path("theme/", views.theme, name="theme"),
    path("time-zone/", views.time_zone, name="time_zone"),
    path("tokens/", token_views.token_list, name="token_list"),
    path("tokens/create/", token_views.token_create, name="token_create"),
    path("tokens/<int:pk>/revoke/", token_views.token_revoke, name="token_revoke"),
]
