"""Answering a request that people look again at what the program answered."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.services.decision_files import open_desk_case
from portal.services.reviews import answer_review as answer_request, reviews_of
from portal.web.access import current_actor, for_role
from portal.web.administrator.acting import answered, carry
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.desk.pages import head_of
from portal.web.administrator.reviews.forms import AnswerReviewForm
from portal.web.administrator.reviews.pages import desk_reviews, review_to_answer
from portal.web.house import the_house


@administrator.route("/cases/<reference>/reviews/<uuid:review_id>", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def answer_review(reference: str, review_id: UUID) -> Response | tuple[str, int]:
    """Read what the applicant asks, and answer it with reasons."""
    house, actor, form = the_house(), current_actor(), AnswerReviewForm()
    answer = answered(
        form,
        lambda: answer_request(
            house,
            actor,
            reference,
            review_id=review_id,
            version=form.seen_version,
            agrees=form.agrees,
            answer=form.answer.data or "",
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        flash(_("The answer is with the applicant."), "success")
        return redirect(url_for("administrator.case", reference=answer.result), 303)
    case = open_desk_case(house, actor, reference)
    target = house.rulebook.targets[case.target]
    shown = desk_reviews(reviews_of(house, [case.id]).get(case.id, ()), target, reference)
    review = review_to_answer(shown, str(review_id))
    carry(form, review.version, answer)
    head = head_of(house, case)
    body = render_template("administrator/answer_review.html", form=form, head=head, review=review)
    return body, answer.status
