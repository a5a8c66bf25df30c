"""Carriers of e-mail: an SMTP server by configuration, or nobody (the mailbox page shows the outbox)."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """Hands messages to an SMTP server; its errors are OSErrors, and the outbox tries again."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    encrypted: bool = True
    timeout_seconds: int = 20

    def send(self, *, recipient: str, subject: str, body: str, key: str) -> None:
        """Send one message; ``key`` becomes its Message-ID, so a second sending is recognisable."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = recipient
        message["Subject"] = subject
        message["Message-ID"] = f"<{key}@{self.sender.rpartition('@')[2]}>"
        message.set_content(body)
        with smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds) as server:
            if self.encrypted:
                server.starttls()
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)
