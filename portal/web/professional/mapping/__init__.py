"""The mapping page: both cities side by side, clause by clause."""
