"""A period judged under two policies (考核办法): what changes for the towns."""

import pandas as pd

SHOWN = ["rank", "score", "band", "failing"]


def compared(now: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Two answers of town_ranking side by side, in the order of the first.

    Columns: town, status; rank, score, band, failing (flag) under the first policy, other_rank, other_score,
    other_band, other_failing under the other; rank_move (位) up is positive, score_move (分), null where one of the two
    is missing.
    """
    both = now[["town_code", "town", "status", *SHOWN]].merge(
        other[["town_code", *SHOWN]].rename(columns={name: f"other_{name}" for name in SHOWN}), on="town_code"
    )
    both["rank_move"] = both["rank"] - both["other_rank"]
    both["score_move"] = both["other_score"] - both["score"]
    return both.drop(columns="town_code")
