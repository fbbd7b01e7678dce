"""Which settings do tests run with? A pytest plugin, loaded before Django reads its settings.

Every test process has a data folder of its own, so that runs beside each other never meet.
"""

import atexit
import os
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix="loopwell-test-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["LOOPWELL_DATA_DIR"] = folder
os.environ["LOOPWELL_SECRET_KEY"] = "tests only"
