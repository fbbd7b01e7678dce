"""Where is the real data by others that some tests read?"""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def shared_data(name: str) -> Path:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"real data not here: put it at ../shared/data/{name} beside the checkout")
    return path
