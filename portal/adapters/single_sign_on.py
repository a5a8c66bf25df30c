"""Single sign-on by OpenID Connect, with whatever provider is configured.

Owns the talk with the provider: its published addresses and keys, the authorization code flow with
state, nonce and PKCE, and every check of what comes back. It must not know accounts: whose account a
proven identity opens is the use case's business. Times here are the machine's, because the
provider's are.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException

from portal.domain.ports import OutsidePerson, SignOnAttempt, SignOnFailed

# Signatures with the provider's own key; "none" and shared secrets prove nothing to us.
_ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
    "Ed25519",
)
_WAIT_SECONDS: Final = 10
_LEEWAY_SECONDS: Final = 60
# Where it says it is and with which keys it signs is asked again after so long.
_KEEP_SECONDS: Final = 600
_NEEDED: Final = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class OpenIdProvider:
    """One provider, found by its issuer address."""

    def __init__(self, *, issuer: str, client_id: str, client_secret: str, name: str) -> None:
        self.issuer = issuer
        self.name = name
        self._client_id, self._client_secret = client_id, client_secret
        self._published: dict[str, Any] = {}
        self._asked_at = float("-inf")

    def begin(self, back: str, *, again: bool) -> SignOnAttempt:
        """Where to send somebody; raises ``SignOnFailed`` when the provider does not answer."""
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        verifier = secrets.token_urlsafe(48)
        asked_again = {"prompt": "login", "max_age": "0"} if again else {}
        with self._session(back) as session:
            address, _state = session.create_authorization_url(
                self._metadata(session)["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **asked_again,
            )
        asked_at = int(time.time()) if again else None
        return SignOnAttempt(str(address), state, nonce, verifier, asked_at)

    def finish(self, attempt: SignOnAttempt, answer: Mapping[str, str], back: str) -> OutsidePerson:
        """Who came back with this answer; ``SignOnFailed`` when anything about it is not right."""
        self._require_our_answer(attempt, answer)
        with self._session(back) as session:
            metadata = self._metadata(session)
            try:
                token = session.fetch_token(
                    metadata["token_endpoint"], code=answer["code"], code_verifier=attempt.verifier
                )
                claims = self._proven(session, metadata, token, attempt.nonce)
                _require_since(attempt.asked_at, claims)
                return self._person(session, metadata, claims)
            except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError) as error:
                raise SignOnFailed(f"{type(error).__name__}: {error}") from error

    def _session(self, back: str) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._client_secret,
            scope="openid email",
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=_WAIT_SECONDS,
        )

    def _metadata(self, session: OAuth2Session) -> dict[str, Any]:
        """What the provider publishes of itself; its word for its own name must be the configured one."""
        if time.monotonic() - self._asked_at < _KEEP_SECONDS:
            return self._published
        try:
            found = _read(session, f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        except (RequestException, ValueError) as error:
            raise SignOnFailed(f"the provider does not answer: {type(error).__name__}") from error
        missing = [name for name in _NEEDED if not found.get(name)]
        if missing or found["issuer"] != self.issuer:
            raise SignOnFailed(f"the provider publishes another name, or lacks {missing}")
        self._published, self._asked_at = found, time.monotonic()
        return found

    def _require_our_answer(self, attempt: SignOnAttempt, answer: Mapping[str, str]) -> None:
        if not hmac.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise SignOnFailed("another state")
        # RFC 9207: an answer that names its sender must name ours.
        if answer.get("iss", self.issuer) != self.issuer:
            raise SignOnFailed("another issuer")
        if "error" in answer:
            raise SignOnFailed(answer["error"][:80], cancelled=answer["error"] == "access_denied")
        if not answer.get("code"):
            raise SignOnFailed("no code")

    def _proven(
        self, session: OAuth2Session, metadata: dict[str, Any], token: dict[str, Any], nonce: str
    ) -> Mapping[str, Any]:
        """The claims of the identity token, its signature and every claim checked."""
        keys = KeySet.import_key_set(_read(session, metadata["jwks_uri"]))  # type: ignore[arg-type]  # whatever it is, it is checked there
        registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
        decoded = jwt.decode(token["id_token"], keys, registry=registry)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": self._client_id},
            },
            {"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=_LEEWAY_SECONDS)
        return dict(claims)

    def _person(
        self, session: OAuth2Session, metadata: dict[str, Any], claims: Mapping[str, Any]
    ) -> OutsidePerson:
        """The person, with the address the provider tells either in the token or when asked."""
        said = claims
        if "email" not in claims and metadata.get("userinfo_endpoint"):
            said = _read(session, metadata["userinfo_endpoint"], signed=True)
            if said.get("sub") != claims["sub"]:
                raise SignOnFailed("the provider speaks of somebody else")
        return OutsidePerson(
            issuer=self.issuer,
            subject=str(claims["sub"]),
            email=str(said.get("email") or "").strip().lower(),
            email_verified=said.get("email_verified") is True,
        )


def _require_since(asked_at: int | None, claims: Mapping[str, Any]) -> None:
    """Whoever holds the browser can strike the question out of the address; the signed answer tells."""
    if asked_at is None:
        return
    proven_at = claims.get("auth_time")
    if not isinstance(proven_at, int) or proven_at < asked_at - _LEEWAY_SECONDS:
        raise SignOnFailed("signed in there too long ago")


def _read(session: OAuth2Session, address: str, *, signed: bool = False) -> dict[str, Any]:
    answer = session.request("GET", address, withhold_token=not signed, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found
