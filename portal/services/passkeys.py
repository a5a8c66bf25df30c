"""Passkeys: keys that a device or a security key holds and proves without showing (WebAuthn).

A passkey asks its holder for a finger, a face or a PIN, so one alone is two things at once: something
held, and something known or been. Every key here was made that way, and opens the account by itself
or as the second step after a password. Owns making, recognising and removing them; the challenges
live with the door that asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, parse_registration_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.domain.errors import AlreadyDone, NotFound, Refused
from portal.domain.people import Actor
from portal.models.accounts import Account
from portal.models.sign_ins import Passkey
from portal.services.house import House
from portal.services.sign_ins import note_proof
from portal.services.ways import forget_codes_without_use, note_change, require_another_way_in
from portal.services.work import one_act, spend

LONGEST_NAME: Final = 60
MOST_KEYS: Final = 20
_PORTAL: Final = "Twin City Bridge"
# Leaving the attachment open lets a laptop, a phone and a security key make one alike.
_ASKED: Final = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED,
    user_verification=UserVerificationRequirement.REQUIRED,
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a browser is asked to prove, and the part that must come back signed."""

    options: dict[str, Any]
    secret: bytes


def ask_for_new_passkey(house: House, account: Account) -> Challenge:
    """What a browser needs to make a key for an account; keys it holds already are named, so as not to double."""
    options = webauthn.generate_registration_options(
        rp_id=_domain(house),
        rp_name=_PORTAL,
        user_id=account.id.bytes,
        user_name=account.email,
        user_display_name=account.email,
        authenticator_selection=_ASKED,
        exclude_credentials=_descriptors(house, account.id),
    )
    return Challenge(json.loads(webauthn.options_to_json(options)), options.challenge)


def ask_for_passkey(house: House, account_id: UUID | None) -> Challenge:
    """What a browser needs to show a key: any it holds for us, or one of an account already named."""
    options = webauthn.generate_authentication_options(
        rp_id=_domain(house),
        allow_credentials=_descriptors(house, account_id) if account_id else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Challenge(json.loads(webauthn.options_to_json(options)), options.challenge)


def add_passkey(
    house: House,
    actor: Actor,
    account: Account,
    *,
    name: str,
    credential: str,
    secret: bytes,
    sign_in_id: UUID,
    once: str | None,
) -> None:
    """Keep the public half of a key just made.

    Refuses with ``passkey.name_missing``, ``passkey.too_many``, and ``passkey.not_made`` for anything
    that does not prove a new key of this account's, asked for here and now.
    """
    with one_act(house, actor, once=once):
        called = " ".join(name.split())
        if not called:
            raise Refused("passkey.name_missing", field="name")
        if len(_descriptors(house, account.id)) >= MOST_KEYS:
            raise Refused("passkey.too_many", most=MOST_KEYS)
        key = _verified_new(house, credential, secret)
        key.account_id, key.name = account.id, called[:LONGEST_NAME]
        house.session.add(key)
        note_proof(house, sign_in_id, is_strong=True)
        note_change(house, actor, account, "account.way_added", "passkey")


def recognise(house: House, credential: str, secret: bytes, *, account_id: UUID | None = None) -> Account:
    """Whose key signed the challenge; the caller commits.

    Refuses with ``passkey.not_recognised`` whatever is wrong, be it the key, the signature, the place,
    or that it belongs to somebody other than ``account_id``: the differences help only a guesser.
    What answers a challenge that was answered before is refused with ``passkey.not_asked``.
    """
    key = _key_shown(house, credential)
    account = house.session.get(Account, key.account_id) if key else None
    if key is None or account is None or not account.active or account_id not in (None, account.id):
        raise Refused("passkey.not_recognised")
    try:
        proven = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=secret,
            expected_rp_id=_domain(house),
            expected_origin=_origin(house),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError) as error:
        raise Refused("passkey.not_recognised") from error
    try:
        # A browser's copy of the session may come back, and many keys do not count.
        spend(house, secret, account.id)
    except AlreadyDone as done:
        raise Refused("passkey.not_asked") from done
    key.sign_count = proven.new_sign_count
    key.used_at = house.clock.now()
    return account


def remove_passkey(house: House, actor: Actor, account: Account, key_id: UUID, *, once: str | None) -> None:
    """Forget a key; refuses with ``way.last_one`` when nothing else opens the account."""
    with one_act(house, actor, once=once):
        key = house.session.get(Passkey, key_id)
        if key is None or key.account_id != account.id:
            raise NotFound("page.not_found")
        require_another_way_in(house, account, without=key.id)
        house.session.delete(key)
        forget_codes_without_use(house, account)
        note_change(house, actor, account, "account.way_removed", "passkey")


def name_of_passkey(house: House, actor: Actor, key_id: UUID) -> str:
    """What the owner calls a key; NotFound for anybody else's."""
    key = house.session.get(Passkey, key_id)
    if key is None or key.account_id != actor.account_id:
        raise NotFound("page.not_found")
    return key.name


def _verified_new(house: House, credential: str, secret: bytes) -> Passkey:
    try:
        proven = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=secret,
            expected_rp_id=_domain(house),
            expected_origin=_origin(house),
            require_user_verification=True,
        )
        transports = parse_registration_credential_json(credential).response.transports or []
    except (WebAuthnException, ValueError, KeyError) as error:
        raise Refused("passkey.not_made") from error
    known = select(Passkey.id).where(Passkey.credential_id == proven.credential_id)
    if house.session.scalar(known) is not None:
        raise Refused("passkey.not_made")
    return Passkey(
        id=house.new_key(),
        credential_id=proven.credential_id,
        public_key=proven.credential_public_key,
        sign_count=proven.sign_count,
        transports=[each.value for each in transports],
        made_at=house.clock.now(),
    )


def _key_shown(house: House, credential: str) -> Passkey | None:
    try:
        shown = base64url_to_bytes(str(json.loads(credential)["id"]))
    except (ValueError, KeyError, TypeError):
        return None
    return house.session.scalars(select(Passkey).where(Passkey.credential_id == shown)).one_or_none()


def _descriptors(house: House, account_id: UUID) -> list[PublicKeyCredentialDescriptor]:
    keys = house.session.scalars(select(Passkey).where(Passkey.account_id == account_id)).all()
    return [
        PublicKeyCredentialDescriptor(
            id=key.credential_id, transports=[AuthenticatorTransport(each) for each in key.transports]
        )
        for key in keys
    ]


def _domain(house: House) -> str:
    return urlsplit(house.base_url).hostname or ""


def _origin(house: House) -> str:
    parts = urlsplit(house.base_url)
    return f"{parts.scheme}://{parts.netloc}"
