"""Referees: what one is asked about a period of work, for how long, and what makes an answer worth less.

Owns the questions, the days of a request and the flags. It must not know how a request travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

OPEN_DAYS: Final = 42
REMINDERS_DAYS_BEFORE: Final = (28, 14)
MOST_OPEN_PER_PERIOD: Final = 3
LONGEST_COMMENT: Final = 1000


class Question(StrEnum):
    """The plain questions, in the order in which they are asked. Never more than eight."""

    KNOWS = "knows"
    EMPLOYER = "employer"
    PERIOD = "period"
    POST = "post"
    FUNCTIONS = "functions"
    SHARE = "share"
    MANAGES = "manages"
    MAY_ASK = "may_ask"


class Reply(StrEnum):
    """What a referee may answer. Not knowing is an answer of its own."""

    YES = "yes"
    NO = "no"
    CANNOT_SAY = "cannot_say"


class Relation(StrEnum):
    """How the referee knew the person in that work."""

    LINE_MANAGER = "line_manager"
    SENIOR = "senior"
    COLLEAGUE = "colleague"
    HUMAN_RESOURCES = "human_resources"
    CLIENT = "client"


class Flag(StrEnum):
    """Why an officer gives an answer less weight. A flag refuses nothing."""

    OWN_ADDRESS = "own_address"
    PUBLIC_MAIL = "public_mail"
    SEVERAL_NAMES = "several_names"


class State(StrEnum):
    """Where a request stands; derived from its days, never stored."""

    WAITING = "waiting"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


# What must be confirmed for the period as a whole to be confirmed.
_ABOUT_THE_WORK: Final = frozenset(Question) - {Question.KNOWS, Question.MAY_ASK}

# Anybody can have an address there: the domain says nothing about an employer.
PUBLIC_MAIL_DOMAINS: Final = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.com.hk",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "gmx.net",
        "mail.com",
        "zoho.com",
        "yandex.com",
        "qq.com",
        "vip.qq.com",
        "foxmail.com",
        "163.com",
        "vip.163.com",
        "126.com",
        "yeah.net",
        "139.com",
        "189.cn",
        "wo.cn",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "aliyun.com",
        "tom.com",
        "21cn.com",
        "netvigator.com",
        "hkbn.net",
        "biznetvigator.com",
    ]
)


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The period as it stood when the referee was asked; the questions left out do not arise."""

    has_post: bool
    has_share: bool
    manages: bool

    def questions(self) -> tuple[Question, ...]:
        """The questions asked about this period, at most eight."""
        idle = set()
        if not self.has_post:
            idle.add(Question.POST)
        if not self.has_share:
            idle.add(Question.SHARE)
        if not self.manages:
            idle.add(Question.MANAGES)
        return tuple(question for question in Question if question not in idle)


def state_on(today: date, *, expires_on: date, answered: bool, withdrawn: bool) -> State:
    """Where a request stands on a day. ``expires_on`` is the last day on which it can be answered."""
    if answered:
        return State.ANSWERED
    if withdrawn:
        return State.WITHDRAWN
    return State.EXPIRED if today > expires_on else State.WAITING


def last_day(asked_on: date) -> date:
    """The last day on which a request made on a day can be answered."""
    return asked_on + timedelta(days=OPEN_DAYS)


def reminders_due(today: date, *, expires_on: date, sent: int) -> int:
    """How many reminders ought to have gone out by a day, no fewer than were sent.

    >>> [reminders_due(date(2026, 11, day), expires_on=date(2026, 12, 20), sent=0) for day in (21, 22)]
    [0, 1]
    """
    reached = sum(today >= expires_on - timedelta(days=days) for days in REMINDERS_DAYS_BEFORE)
    return max(sent, reached)


def confirms(asked: Iterable[Question], answers: Mapping[Question, Reply]) -> bool:
    """True when the referee knew the person there and said yes to everything about the work."""
    needed = (set(asked) & _ABOUT_THE_WORK) | {Question.KNOWS}
    return all(answers.get(question) is Reply.YES for question in needed)


def leaves_something_to_say(answers: Mapping[Question, Reply]) -> bool:
    """True when something about the work is not so; not wanting to be written to needs no reason."""
    return any(reply is Reply.NO for question, reply in answers.items() if question is not Question.MAY_ASK)


def flags_of(email: str, *, own_addresses: Iterable[str]) -> tuple[Flag, ...]:
    """What an address alone says against a referee.

    >>> flags_of("Mei.Lam+work@gmail.com", own_addresses=["meilam@gmail.com"])
    (<Flag.OWN_ADDRESS: 'own_address'>, <Flag.PUBLIC_MAIL: 'public_mail'>)
    """
    found = []
    if same_mailbox(email) in {same_mailbox(own) for own in own_addresses}:
        found.append(Flag.OWN_ADDRESS)
    if domain_of(email) in PUBLIC_MAIL_DOMAINS:
        found.append(Flag.PUBLIC_MAIL)
    return tuple(found)


def domain_of(email: str) -> str:
    """The domain of an address, in small letters."""
    return email.rpartition("@")[2].strip().lower()


def same_mailbox(email: str) -> str:
    """An address without what providers ignore: case, a tag behind a plus sign, Google's full stops."""
    name, _, domain = email.strip().lower().rpartition("@")
    name = name.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"
