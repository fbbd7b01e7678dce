"""What runs beside the pages: one thread per consumer, two for jobs, one for the clock.

Threads are daemons and safe to kill at any moment: whatever they were doing is done again.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import close_old_connections
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from loopwell.jobs.apart import run_apart
from loopwell.jobs.running import run_next, strike
from loopwell.journal.reading import consume
from loopwell.journal.rules import CONSUMERS, Consumer

log = logging.getLogger("loopwell.background")
PAUSE = 0.4
JOB_THREADS = 2
IDLE = timedelta(seconds=3)
"""How long a consumer may stand before entries that are not for it."""
stopping = threading.Event()


def start() -> list[threading.Thread]:
    """Starts every thread; they end with the process, or soon after `stopping` is set."""
    threads = [_thread(f"consumer-{c.name}", partial(_read, c)) for c in CONSUMERS.values()]
    threads += [_thread(f"jobs-{n}", _work) for n in range(JOB_THREADS)]
    threads.append(_thread("clock", _strike))
    return threads


def _read(consumer: Consumer, now: datetime) -> int:
    return consume(consumer, now=now, idle=IDLE)


def _work(now: datetime) -> bool:
    return run_next(now, run_apart)


def _strike(now: datetime) -> bool:
    """Never busy: the clock looks again after a pause, whatever it struck."""
    strike(now)
    return False


def _thread(name: str, work: Callable[[datetime], object]) -> threading.Thread:
    thread = threading.Thread(target=_loop, args=(name, work), name=name, daemon=True)
    thread.start()
    return thread


def _loop(name: str, work: Callable[[datetime], object]) -> None:
    while not stopping.is_set():
        busy: object = False
        try:
            busy = work(timezone.now())
        except (OperationalError, InterfaceError) as error:
            log.warning("%s: the database does not answer, trying again: %s", name, error)
            time.sleep(2)
        except Exception:
            log.exception("%s failed, going on", name)
            time.sleep(2)
        close_old_connections()
        if not busy:
            stopping.wait(PAUSE)
