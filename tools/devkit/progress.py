"""One line per step on stderr, so that stdout stays free for the command's answer."""

import sys
import time
from contextlib import contextmanager


def say(text):
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title):
    """Announce a step that takes a while, and how long it took."""
    say(f"[..] {title}")
    start = time.monotonic()
    yield
    say(f"[ok] {title} ({time.monotonic() - start:.0f} s)")
