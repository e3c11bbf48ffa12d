"""Locks and leases: several commands may run in one checkout at the same time."""

import fcntl
import json
import os
import uuid
from contextlib import contextmanager

from .progress import say


@contextmanager
def file_lock(path, what):
    """Hold an exclusive lock; the system drops it when the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"[..] waiting: another process is busy with {what}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def process_start(pid):
    """The start time of a process in clock ticks since boot, None when it is gone.

    With the pid it names a process for good, although pids are used again.
    """
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as handle:
            fields = handle.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


class Leases:
    """Who uses the server: a file per use, valid while one of its processes lives."""

    def __init__(self, folder):
        self.folder = folder

    def take(self, what, pid=None):
        """Return the file of a new lease, for this process when none is named."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{uuid.uuid4().hex}.json"
        self._write(path, what, [pid or os.getpid()])
        return path

    def add(self, path, pid):
        """Let the lease live as long as process ``pid``, too."""
        lease = json.loads(path.read_text())
        pids = [known for known, _start in lease["processes"]]
        self._write(path, lease["what"], [*pids, pid])

    def drop(self, path):
        if path:
            path.unlink(missing_ok=True)

    def live(self):
        """The uses whose processes live; files of dead ones are removed."""
        uses = []
        for path in sorted(self.folder.glob("*.json")):
            lease = json.loads(path.read_text())
            if any(process_start(pid) == start for pid, start in lease["processes"]):
                uses.append(lease["what"])
            else:
                self.drop(path)
        return uses

    def _write(self, path, what, pids):
        processes = [[pid, process_start(pid)] for pid in pids]
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps({"what": what, "processes": processes}))
        draft.replace(path)
