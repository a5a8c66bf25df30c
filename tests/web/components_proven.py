"""Which component is proven by which fixtures: the file of its macro, and how its options are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web import component_options, control_options
from tests.web.component_options import Options

Adapter = Callable[[Options], tuple[list[Any], Options]]
FILES: dict[str, tuple[str, dict[str, Adapter]]] = {
    "actions": (
        "components/actions.html",
        {
            "button": component_options.button,
            "back-link": component_options.back_link,
            "skip-link": component_options.skip_link,
            "breadcrumbs": component_options.breadcrumbs,
            "pagination": component_options.pagination,
        },
    ),
    "controls": (
        "components/controls.html",
        {
            "input": control_options.input_,
            "textarea": control_options.textarea,
            "select": control_options.select,
            "radios": control_options.radios,
            "checkboxes": control_options.checkboxes,
            "date-input": control_options.date_input,
            "file-upload": control_options.file_upload,
            "password-input": control_options.password_input,
            "label": control_options.label,
            "hint": control_options.hint,
            "fieldset": control_options.fieldset,
            "error-message": component_options.error_message,
        },
    ),
    "content": (
        "components/content.html",
        {
            "error-summary": component_options.error_summary,
            "summary-list": component_options.summary_list,
            "table": component_options.table,
            "tag": component_options.tag,
            "task-list": component_options.task_list,
            "notification-banner": component_options.notification_banner,
            "inset-text": component_options.inset_text,
            "details": component_options.details,
            "panel": component_options.panel,
            "warning-text": component_options.warning_text,
        },
    ),
}
