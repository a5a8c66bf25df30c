"""Opens the browser's doors: every audience's blueprint with its views, registered in one place."""

from __future__ import annotations

from types import ModuleType

from flask import Blueprint, Flask

from portal.web.account.mailbox import mailbox
from portal.web.account.routes import account
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.desk import routes as desk
from portal.web.administrator.queue import routes as queue
from portal.web.administrator.recognitions import routes as recognitions
from portal.web.employer import routes as checks
from portal.web.employer.blueprint import employer
from portal.web.professional.about_me import routes as about_me
from portal.web.professional.applications import routes as applications
from portal.web.professional.blueprint import professional
from portal.web.professional.credentials import routes as credentials
from portal.web.professional.evidence import routes as evidence
from portal.web.professional.home import routes as home
from portal.web.professional.mapping import routes as mapping
from portal.web.professional.programmes import routes as bridging
from portal.web.professional.shares import routes as shares
from portal.web.professional.work import routes as work
from portal.web.programmes import routes as programme_management
from portal.web.programmes.blueprint import programmes
from portal.web.public import routes as public_pages
from portal.web.public.blueprint import public
from portal.web.public.requirements.routes import requirements

# Importing a topic's routes hangs its views on its audience's blueprint.
TOPICS: tuple[ModuleType, ...] = (
    public_pages,
    home,
    about_me,
    credentials,
    work,
    evidence,
    mapping,
    applications,
    bridging,
    shares,
    queue,
    desk,
    recognitions,
    programme_management,
    checks,
)
BLUEPRINTS: tuple[Blueprint, ...] = (
    public,
    requirements,
    account,
    professional,
    administrator,
    programmes,
    employer,
)


def open_all(app: Flask, *, shows_mailbox: bool) -> None:
    """Register the blueprints; the mailbox only where no real mail leaves."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if shows_mailbox:
        app.register_blueprint(mailbox)
