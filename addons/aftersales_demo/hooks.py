from .story import tell


def post_init_hook(env):
    """Let the people of the demonstration do a year's work."""
    tell(env)
