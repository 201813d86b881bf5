"""考核办法 as the workbook that it is imported from: all dated rows, so that it comes back unchanged."""

from pathlib import Path

import pandas as pd

from supervision.table_workbook import write_rows
from supervision.tables import BY_NAME


def write_policy(history: pd.DataFrame, path: Path) -> None:
    """Write the rows of a policy_history under the headings of the template; FileUnwritable if it cannot be."""
    write_rows(BY_NAME["policy"], history.sort_values(["effective_from", "rule"], kind="stable"), path)
