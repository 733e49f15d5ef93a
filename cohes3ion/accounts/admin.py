from django.contrib import admin

from cohes3ion.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "is_staff", "is_active", "is_demo")
    list_filter = ("is_staff", "is_active", "is_demo")
    search_fields = ("email", "name")
    readonly_fields = ("password", "last_login", "joined_at")
    exclude = ("user_permissions", "groups")
