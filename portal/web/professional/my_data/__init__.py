"""My data: everything about oneself to take away, to correct, to consent to, and to erase."""
