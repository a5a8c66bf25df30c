"""The pages that say what this portal is: landing, about, employers, accessibility, privacy."""

from __future__ import annotations

from flask import render_template

from portal.web.access import open_to_all
from portal.web.public.blueprint import public
from portal.web.public.pages import landing_page

__all__ = ["public"]


@public.get("/")
@open_to_all
def index() -> str:
    """What this is, what it is not, and where to begin."""
    return render_template("public/index.html", page=landing_page())


@public.get("/about")
@open_to_all
def about() -> str:
    """How the portal works, and what it cannot do for anybody."""
    return render_template("public/about.html")


@public.get("/for-employers")
@open_to_all
def for_employers() -> str:
    """What an employer can learn here, and what stays with the authorities."""
    return render_template("public/for_employers.html")


@public.get("/accessibility")
@open_to_all
def accessibility() -> str:
    """How far everybody can use the portal, and whom to tell when they cannot."""
    return render_template("public/accessibility.html")


@public.get("/privacy")
@open_to_all
def privacy() -> str:
    """What is kept about people, why, for how long, and how they can have it changed."""
    return render_template("public/privacy.html")
