"""Hold Python's cyclic garbage collector while large tables are built."""

import gc
from contextlib import contextmanager


@contextmanager
def collector_paused():
    """No cyclic collection inside the block.

    Hundreds of thousands of new lists and tuples make the collector walk the whole
    process again and again, registry included; tables have no cycles to be found.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
