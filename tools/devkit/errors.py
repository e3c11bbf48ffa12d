class PlatformError(Exception):
    """A refusal the user can act on: one line that says what is wrong and what to do."""
