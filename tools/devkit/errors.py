class PlatformError(Exception):
    """A refusal that says in one line what is wrong and what to do about it."""
