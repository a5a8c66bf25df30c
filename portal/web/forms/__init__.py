"""The forms' own kit: a base form, fields that draw our components, and the error summary."""
