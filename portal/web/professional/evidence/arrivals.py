"""How pages that take a file answer: a page for a browser, an address for the script that shows progress.

Owns how much such a page takes at all, and telling a script where to go. It must not know documents.
"""

from __future__ import annotations

from typing import Final

from flask import Response, make_response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from portal.web.professional.blueprint import professional

# Up to here a file that is too large is read and refused at its field, with what was typed kept;
# beyond it the answer is a page that says how much is taken.
MOST_READ_BYTES: Final = 32 * 1024 * 1024
# Each file is opened and scanned: enough for people, too little for a machine that is left running.
AS_OFTEN: Final = "30 per minute; 300 per hour"
_TAKES_FILES: Final = frozenset(
    {
        "professional.upload_evidence",
        "professional.add_evidence_page",
        "professional.add_translation",
    }
)


@professional.url_value_preprocessor
def _take_large_files(endpoint: str | None, _values: dict[str, object] | None) -> None:
    if endpoint in _TAKES_FILES:
        request.max_content_length = MOST_READ_BYTES


def arrived_at(address: str) -> BaseResponse:
    """Lead to a page after an upload; the script of the upload page is told where, and goes itself.

    It would otherwise fetch the page on its own, and the reader would never see what it says once.
    """
    if request.headers.get("X-Requested-With") != "upload":
        return redirect(address, 303)
    answer: Response = make_response("", 204)
    answer.headers["Location"] = address
    return answer
