"""What does the terminal say once the pages answer?"""

import sys
import threading
import time
import urllib.error
import urllib.request


def start(address: str) -> None:
    """Says it from a thread of the serving process, so that the first words are true."""
    threading.Thread(target=_announce, args=(address,), name="greeting", daemon=True).start()


def _announce(address: str) -> None:
    for _attempt in range(300):
        try:
            urllib.request.urlopen(f"http://{address}/auth/login/", timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    else:
        print("Loopwell does not answer yet; see the messages above.", file=sys.stderr)  # noqa: T201 the terminal is the page
        return
    print(greeting(), flush=True)  # noqa: T201 the terminal is the page


def greeting() -> str:
    """Where the pages are and how to get in."""
    from django.conf import settings

    from loopwell.access.models import User
    from loopwell.access.queries import root_unit

    lines = ["", f"  Loopwell runs at {settings.BASE_URL}", ""]
    company = root_unit()
    if company is None or not User.objects.exists():
        from loopwell.console.setup.token import setup_url

        lines += [
            "  Nobody can log in yet. Open this address to set up your company:",
            f"  {setup_url()}",
            "",
        ]
    elif company.is_demo:
        from loopwell.demo.logins import PASSWORD, logins

        lines.append(f"  Demo company “{company.name}”, password for all: {PASSWORD}")
        lines += [f"    {row.email:<36} {row.what}" for row in logins()]
        lines += ["", "  Remove it with: loopwell demo --remove", ""]
    lines.append("  Stop with Ctrl-C.")
    return "\n".join(lines)
