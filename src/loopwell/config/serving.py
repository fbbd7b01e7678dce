"""The application as `loopwell up` serves it: pages, worker and clock in one process."""

import ctypes
import os
import signal
import sys
import threading

if sys.platform == "linux":
    # A killed main process must not leave an orphan that holds the port and the warehouse.
    ctypes.CDLL("libc.so.6").prctl(1, signal.SIGKILL)
    if os.getppid() != int(os.environ.get("_LOOPWELL_PARENT", os.getppid())):
        sys.exit("the main process was gone before this one began")

from loopwell.config.settling import settle
from loopwell.config.wsgi import application
from loopwell.insights.questions import warm_up


def _get_ready() -> None:
    warm_up()
    settle()


threading.Thread(target=_get_ready, name="warm-up", daemon=True).start()
if os.environ.get("_LOOPWELL_WITH_WORKER") == "1":
    from loopwell.config import background

    background.start()
if "_LOOPWELL_GREET_AT" in os.environ:
    from loopwell.config import greeting

    greeting.start(os.environ.pop("_LOOPWELL_GREET_AT"))

__all__ = ["application"]
