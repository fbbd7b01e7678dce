"""Does a campaign survive a worker being killed ten times, without a double or a lost message?

100,000 mails, PostgreSQL, two workers, one of which is killed (SIGKILL) at ten random moments and
started again. At the end what the mail server got is compared with what Loopwell says.
"""

import sys
import time

from bench.capture import postgresql
from bench.machine import table, write_section
from bench.sending import CAMPAIGN, KILLS, campaign

MUST_BE_NONE = (
    "doubles",
    "said to be sent, not arrived",
    "not arrived, not shown as perhaps sent",
    "in other states",
)


def main() -> int:
    with postgresql() as url:
        if url is None:
            print("no PostgreSQL here")
            return 1
        began = time.perf_counter()
        found = campaign(url, CAMPAIGN, KILLS)
        seconds = time.perf_counter() - began
    rows = [[name, f"{count:,}", "0" if name in MUST_BE_NONE else ""]
            for name, count in found.items()]  # fmt: skip
    rows.append(["seconds, waiting for lost claims included", f"{seconds:.0f}", ""])
    write_section(f"Campaign with {KILLS} kills", table(["what", "counted", "must be"], rows))
    return 1 if any(found[name] for name in MUST_BE_NONE) else 0


if __name__ == "__main__":
    sys.exit(main())
