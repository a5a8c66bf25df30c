"""Sentences for refusals: a professional's records."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

_TOO_LONG = _("Use %(most)s characters or fewer. You typed %(typed)s.")
_ONE_OF_THE_LIST = _("Choose one of the answers in the list.")
_NOT_HERE = _("We cannot find this page.")
_BEFORE_BIRTH = _("This day is before your date of birth. Check both.")
_TOO_OLD = _("This day is more than 80 years ago. Check the year.")
_AHEAD = _("This day has not come yet. Enter a day that is today or in the past.")
_WRONG_ORDER = _("The end must be on or after the first day.")

MESSAGES: dict[str, LazyString] = {
    "person.not_found": _NOT_HERE,
    "person.name_missing": _("Enter your name in Latin letters or in Chinese."),
    "person.too_long": _TOO_LONG,
    "person.born_ahead": _("A date of birth is in the past. Check the year."),
    "person.born_implausibly": _("Check the year of your date of birth."),
    "person.fact_unknown": _("One of the questions is no longer asked. Open the page again."),
    "qualification.not_found": _NOT_HERE,
    "credential.not_found": _NOT_HERE,
    "credential.already_withdrawn": _("This credential was withdrawn already."),
    "credential.from_programme": _(
        "A programme recorded this completion. It cannot be changed or withdrawn here."
    ),
    "credential.duplicate": _(
        "You have registered one with the same number or the same day. Tick this if it is another one."
    ),
    "credential.day_missing": _("Enter the day. It is printed on the document."),
    "credential.day_ahead": _AHEAD,
    "credential.day_before_birth": _BEFORE_BIRTH,
    "credential.day_too_old": _TOO_OLD,
    "credential.ends_before_it_begins": _WRONG_ORDER,
    "credential.end_ahead": _("This day has not come yet. Leave the end empty while you hold it."),
    "credential.expires_before_award": _("It cannot expire before it was awarded. Check both days."),
    "credential.expires_too_far_ahead": _(
        "This day is more than 30 years ahead. Check the year, or leave it empty if it does not expire."
    ),
    "credential.too_long": _TOO_LONG,
    "credential.attribute_unknown": _(
        "The catalogue no longer asks for one of these answers. Open the page again."
    ),
    "credential.answer_unknown": _ONE_OF_THE_LIST,
    "credential.level_missing": _("Choose the level."),
    "credential.score_implausible": _("Enter the score as a whole number from 0 to %(most)s."),
    "credential.sitting_implausible": _ONE_OF_THE_LIST,
    "referee.not_found": _NOT_HERE,
    "referee.link_unknown": _NOT_HERE,
    "referee.name_missing": _("Enter the referee’s name."),
    "referee.relation_missing": _("Choose how they knew you."),
    "referee.email_implausible": _("Enter an e-mail address, such as name@firm.example."),
    "referee.asked_already": _("This referee was asked about this period already."),
    "referee.too_many": _(
        "%(most)s requests for this period are open. Wait for an answer, or take one back."
    ),
    "referee.too_long": _TOO_LONG,
    "referee.comment_too_long": _TOO_LONG,
    "referee.not_waiting": _("The referee has answered meanwhile, or the link has ended."),
    "referee.reply_missing": _("Choose one answer."),
    "referee.comment_missing": _("You answered no to something. Say in a few words how it was."),
    "referee.answered": _("This link was used already. The answers are recorded."),
    "referee.expired": _("This link has ended."),
    "referee.withdrawn": _("This request was taken back."),
    "work.not_found": _NOT_HERE,
    "work.already_withdrawn": _("This period of work was withdrawn already."),
    "work.day_missing": _("Enter the first day you worked there."),
    "work.day_ahead": _AHEAD,
    "work.day_before_birth": _BEFORE_BIRTH,
    "work.day_too_old": _TOO_OLD,
    "work.too_young": _("You were younger than %(years)s on this day. Check the year."),
    "work.ends_before_it_begins": _WRONG_ORDER,
    "work.end_ahead": _("This day has not come yet. Leave the last day empty while you work there."),
    "work.too_long": _TOO_LONG,
    "work.employer_missing": _("Enter the name of the employer."),
    "work.employer_kind_unknown": _ONE_OF_THE_LIST,
    "work.place_unknown": _ONE_OF_THE_LIST,
    "work.functions_unknown": _("Choose at least one kind of work from the list."),
    "work.share_implausible": _("Enter a whole number from 1 to 99."),
}
