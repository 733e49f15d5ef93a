from django.urls import path

from cohes3ion.accounts import views

app_name = "accounts"
urlpatterns = [
    path("demonstration/", views.demo_sign_in, name="demo_sign_in"),
    path("theme/", views.theme, name="theme"),
]
