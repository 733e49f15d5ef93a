"""Addresses of the whole site: the only module that sees every app."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from cohes3ion import api
from cohes3ion.accounts.views import SignIn
from cohes3ion.lib import health
from cohes3ion.lib.decorators import from_this_site

# The administration signs in like everybody, so that its second factor is asked for as well.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("journeys.urls")),
    path("", include("governance.urls")),
    path("", include("mapping.urls")),
    path("api/v1/", include(api.urlpatterns)),
    path("accounts/", include("cohes3ion.accounts.urls")),
    path("accounts/login/", SignIn.as_view(), name="account_login"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("language/setlang/", from_this_site(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "cohes3ion.lib.errors.bad_request"
handler403 = "cohes3ion.lib.errors.forbidden"
handler404 = "cohes3ion.lib.errors.not_found"
handler500 = "cohes3ion.lib.errors.server_error"
