"""Run `python -m loopwell` like the `loopwell` command."""

import sys

from loopwell.config.cli import main

sys.exit(main())
