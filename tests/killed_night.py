"""Nights in processes that are killed after a given time: JSON lines in, how each ended out.

The process that imports everything stays; each night is a fork of it, so a kill costs no start-up.
"""

import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import auditors.revisions  # noqa: F401 (imported before forks)
from engines import nightly
from extractors.sniff import media_type
from fetchers import feeds, lanes, listings, robots, tls, wire  # noqa: F401 (imported before forks)
from fetchers.clock import FixedClock
from fetchers.config import load
from tests.portal import NIGHT, loopback, read


def night(config, output, day):
    clock = FixedClock(NIGHT + timedelta(days=day))
    around = nightly.Surroundings(read, media_type, clock=clock, resolve=loopback)
    nightly.run(load(Path(config)), Path(output), nightly.Options(workers=0), around)


def ended(child):
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            night(asked["config"], asked["output"], asked["day"])
            os._exit(0)
        if (after := asked.get("after")) is not None:
            timer = threading.Timer(after, os.kill, (child, signal.SIGKILL))
            timer.start()
            how = ended(child)
            timer.cancel()
            timer.join()
        else:
            how = ended(child)
        print(json.dumps([how, time.monotonic() - begun]), flush=True)


if __name__ == "__main__":
    main()
