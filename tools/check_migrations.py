"""Do the migrations make exactly the models?"""

import os
import sys
import tempfile

os.environ.setdefault("LOOPWELL_DATA_DIR", tempfile.mkdtemp(prefix="loopwell-check-"))

from loopwell.config.manage import run

sys.exit(run(["makemigrations", "--check", "--dry-run"]))
