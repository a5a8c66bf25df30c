"""Opens the browser's doors: every audience's blueprint with its views, registered in one place."""

from __future__ import annotations

from types import ModuleType

from flask import Blueprint, Flask

from portal.web.account import (
    entry_routes as entry,
    language_routes as languages,
    lost_routes as lost_ways,
    routes as account_pages,
    ways_routes as ways,
)
from portal.web.account.blueprint import account
from portal.web.account.mailbox import mailbox
from portal.web.account.sso_routes import single_sign_on
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.desk import routes as desk
from portal.web.administrator.duplicates import routes as duplicates
from portal.web.administrator.mail import routes as mail
from portal.web.administrator.qualification_requests import routes as qualification_requests
from portal.web.administrator.queue import routes as queue
from portal.web.administrator.recognitions import routes as recognitions
from portal.web.administrator.reviews import routes as desk_reviews
from portal.web.employer import routes as checks
from portal.web.employer.blueprint import employer
from portal.web.professional.about_me import identity_routes, routes as about_me
from portal.web.professional.applications import routes as applications
from portal.web.professional.blueprint import professional
from portal.web.professional.credentials import routes as credentials
from portal.web.professional.evidence import (
    document_routes as evidence_document,
    page_routes as evidence_pages,
    routes as evidence,
)
from portal.web.professional.home import routes as home
from portal.web.professional.inbox import routes as inbox
from portal.web.professional.mapping import routes as mapping
from portal.web.professional.my_data import erasure_routes, routes as my_data
from portal.web.professional.papers import routes as papers
from portal.web.professional.programmes import routes as bridging
from portal.web.professional.recognitions import routes as own_recognitions
from portal.web.professional.referees import routes as referees
from portal.web.professional.requests import routes as requests
from portal.web.professional.reviews import routes as reviews
from portal.web.professional.shares import routes as shares
from portal.web.professional.work import routes as work
from portal.web.programmes import routes as programme_management
from portal.web.programmes.blueprint import programmes
from portal.web.public import routes as public_pages
from portal.web.public.blueprint import public
from portal.web.public.check.routes import eligibility
from portal.web.public.references.routes import references
from portal.web.public.requirements.routes import requirements

# Importing a topic's routes hangs its views on its audience's blueprint.
TOPICS: tuple[ModuleType, ...] = (
    public_pages,
    account_pages,
    languages,
    lost_ways,
    ways,
    entry,
    home,
    about_me,
    identity_routes,
    credentials,
    papers,
    requests,
    work,
    referees,
    evidence,
    evidence_document,
    evidence_pages,
    mapping,
    applications,
    reviews,
    inbox,
    bridging,
    own_recognitions,
    shares,
    my_data,
    erasure_routes,
    queue,
    desk,
    duplicates,
    recognitions,
    qualification_requests,
    desk_reviews,
    mail,
    programme_management,
    checks,
)
BLUEPRINTS: tuple[Blueprint, ...] = (
    public,
    eligibility,
    requirements,
    references,
    account,
    professional,
    administrator,
    programmes,
    employer,
)


def open_all(app: Flask, *, shows_mailbox: bool, has_single_sign_on: bool) -> None:
    """Register the blueprints; the mailbox only where no real mail leaves, single sign-on where it is set up."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if shows_mailbox:
        app.register_blueprint(mailbox)
    if has_single_sign_on:
        app.register_blueprint(single_sign_on)
