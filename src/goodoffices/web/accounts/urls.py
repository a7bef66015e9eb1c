"""Addresses of signing in and of one's own account. The names with underscores are django-allauth's, which it uses."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from goodoffices.web.accounts import views

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/link/<str:token>/", views.sign_in_link, name="sign-in-link"),
    path("sign-out/", account.logout, name="account_logout"),
    path("suspended/", account.account_inactive, name="account_inactive"),
    path("account/", views.account, name="account"),
    path("account/second-step/", views.account, name="mfa_index"),
    re_path(r"^account/keys/(?P<talks>[0-9a-f]{32})/$", views.name_key, name="name-key"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/passkeys/", views.passkeys, name="mfa_list_webauthn"),
    path("account/passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/passkeys/<str:credential>/", views.passkey, name="passkey"),
    path("account/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
