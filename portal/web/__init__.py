"""The browser's door: access, forms, pages. It never talks to the other doors."""
