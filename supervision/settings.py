"""Where things are, and the few settings that an installation may change."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
DATA = ROOT / "data"
DEFAULT_POLICY = DATA / "policy.csv"
DEMO_WORKBOOKS = DATA / "demo" / "workbooks"

WAREHOUSE_VARIABLE = "SUPERVISION_WAREHOUSE"
"""Environment variable that names the warehouse folder; `data/warehouse` without it."""

PHONES_VARIABLE = "SUPERVISION_SHOW_PHONES"
"""Environment variable that, set to 1, shows personal telephone numbers on the pages; masked without it."""


def warehouse_folder() -> Path:
    """The folder that holds the snapshots and the pointer to the current one."""
    return Path(os.environ.get(WAREHOUSE_VARIABLE) or DATA / "warehouse")


def phones_allowed() -> bool:
    """Whether this installation shows personal telephone numbers in full."""
    return os.environ.get(PHONES_VARIABLE) == "1"
