"""Addresses of log-in, one's own account, and the officers' ledgers."""

from django.urls import include, path

from shoumi.domains.accounts.registers import (
    ALARMS,
    CLEARANCES,
    DEPARTMENTS,
    FIGURES,
    PEOPLE,
    PLACES,
    POSTS,
    PROPOSALS,
    REVIEWS,
)
from shoumi.domains.accounts.views import doors, oversight, slips

people = [
    # Before the register's own addresses: what these show is shown once.
    path("new/accounts-create/", slips.create, name="accounts-people-new"),
    path("<row:pk>/accounts-enable/", slips.enable, name="accounts-people-enable"),
    path("<row:pk>/accounts-password-reset/", slips.reset, name="accounts-people-reset"),
    *PEOPLE.urls,
]
urlpatterns = [
    path("login/", doors.login, name="accounts-login"),
    path("logout/", doors.logout, name="accounts-logout"),
    path("accounts/password/", doors.password, name="accounts-password"),
    path("accounts/pledge/", doors.pledge, name="accounts-pledge"),
    path("accounts/mine/", doors.mine, name="accounts-mine"),
    path("accounts/rights/", oversight.rights, name="accounts-rights"),
    path("accounts/trail/", oversight.trail, name="accounts-trail"),
    path("accounts/trail/<int:number>/", oversight.entry, name="accounts-trail-detail"),
    path("accounts/people/", include(people)),
    path("accounts/departments/", include(DEPARTMENTS.urls)),
    path("accounts/places/", include(PLACES.urls)),
    path("accounts/posts/", include(POSTS.urls)),
    path("accounts/clearances/", include(CLEARANCES.urls)),
    path("accounts/proposals/", include(PROPOSALS.urls)),
    path("accounts/figures/", include(FIGURES.urls)),
    path("accounts/alarms/", include(ALARMS.urls)),
    path("accounts/reviews/", include(REVIEWS.urls)),
]
