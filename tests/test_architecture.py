"""The house stands as ARCHITECTURE.md says: every kind of file keeps to its own work."""

import ast
import re
from pathlib import Path

import pytest
from conftest import WEEK

from supervision.asking import ask
from supervision.catalogue import PARAMETER, models, questions
from supervision.metrics import METRICS
from supervision.settings import QUERIES, ROOT
from supervision.warehouse import Snapshot

SOURCES = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "supervision").rglob("*.py")]
PAGES = [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]
SEES_STREAMLIT = {ROOT / "app.py", ROOT / "pages", ROOT / "supervision" / "view"}
SQL = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|create\s+(or\s+replace\s+)?(table|view|macro)|merge\s+into)\b", re.I | re.S
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    """The packages that a module imports, and with its full name each module of our own."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found | {module.split(".")[0] for module in found}


def code_strings(path: Path) -> list[str]:
    """The string constants of a module, its docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_sql_stands_in_queries_only(path: Path) -> None:
    assert [text for text in code_strings(path) if SQL.search(text)] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_ask_and_never_reach_past(path: Path) -> None:
    beyond = {
        "duckdb",
        "sqlite3",
        "openpyxl",
        "python_calamine",
        "plotly.express",
        "supervision.warehouse",
        "supervision.building",
    }
    assert imported(path) & beyond == set()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_only_the_screen_knows_streamlit(path: Path) -> None:
    on_screen = any(path == place or place in path.parents for place in SEES_STREAMLIT)
    assert on_screen or "streamlit" not in imported(path)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_plotly_through_graph_objects_only(path: Path) -> None:
    assert "plotly.express" not in imported(path)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_the_warehouse_alone_opens_duckdb(path: Path) -> None:
    may_catch_its_errors = {"warehouse.py", "building.py", "asking.py", "doctor.py"}
    assert path.name in may_catch_its_errors or "duckdb" not in imported(path)


def test_a_sort_by_one_key_says_which_of_equals_comes_first() -> None:
    """Unless it is stable, which of two equal towns is named would hang on the processor; codes have no equals."""
    unstable = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "sort_values"
        if len(keys := sorted_by(node)) == 1 and keys != ["'code'"]
        if not any(given.arg == "kind" and ast.unparse(given.value) == "'stable'" for given in node.keywords)
    ]
    assert unstable == []


def sorted_by(call: ast.Call) -> list[str]:
    """The keys of a sort as they are written; none for a series, whose equal values are one as good as the other."""
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "by")]
    return [ast.unparse(key) for by in given for key in (by.elts if isinstance(by, ast.List) else [by])]


def test_files_keep_their_size() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PAGES}
    lengths |= {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in QUERIES.rglob("*.sql")}
    limits = {"app.py": 60, "pages": 120, "queries": 120}
    too_long = {path: length for path, length in lengths.items() if length > limits[path.split("/")[0]]}
    assert too_long == {}


@pytest.mark.parametrize("query", questions().values(), ids=lambda query: query.name)
def test_a_question_declares_the_parameters_that_it_uses(query) -> None:
    assert {param.name for param in query.params} == set(PARAMETER.findall(query.sql))
    assert {param.type for param in query.params} <= {"date", "text", "number"}
    assert query.sql == re.sub(r"\b(SELECT|FROM|WHERE|GROUP BY)\b", lambda match: match[0].lower(), query.sql)


@pytest.mark.parametrize("query", questions())
def test_every_question_has_an_example_worked_by_hand(query: str) -> None:
    by_hand = [path for path in (ROOT / "tests").glob("test_*.py") if "by hand" in path.read_text(encoding="utf-8")]
    assert any(f'"{query}"' in path.read_text(encoding="utf-8") for path in by_hand), query


@pytest.fixture(scope="module")
def nothing_yet(build_once) -> Snapshot:
    return build_once()


@pytest.mark.parametrize("query", questions().values(), ids=lambda query: query.name)
def test_a_question_gives_the_columns_that_it_declares(query, nothing_yet) -> None:
    nothing_chosen = {param.name: None for param in query.params if param.type == "text"}
    assert list(ask(nothing_yet, query.name, WEEK, **nothing_chosen).columns) == query.column_names


def test_a_model_gives_the_columns_that_it_declares_and_names_what_it_needs(nothing_yet) -> None:
    tables = {table for (table,) in nothing_yet.frame("show tables").itertuples(index=False)}
    for model in models():
        assert list(nothing_yet.frame(f"select * from {model.name}").columns) == model.column_names, model.name
        used = {word for word in re.findall(r"\b(?:from|join) ([a-z_]+)\b(?!\()", model.sql) if word in tables}
        assert used == set(model.needs), model.name


def test_every_metric_has_its_definition_and_a_place_in_sql() -> None:
    marts = [path for path in (QUERIES / "models").glob("*.sql") if path.stem.endswith(("_measures", "_states"))]
    for metric in METRICS:
        places = [path.stem for path in marts if f"'{metric.code}' as" in path.read_text(encoding="utf-8")]
        assert len([place for place in places if not place.startswith("chief_")]) == 1, (metric.code, places)
        assert metric.definition.endswith("。"), metric.code
        assert metric.unit, metric.code
        assert bool(metric.numerator) == bool(metric.denominator), metric.code


def test_first_columns_of_the_three_queries_the_product_is_named_for() -> None:
    contract = {
        "town_ranking": "rank town score band status previous_rank rank_change moved_by rank_low rank_high",
        "enforcement_by_department": "department field inspections people_out vehicles_out orders cases_opened "
        "cases_closed fines_yuan referrals joint_actions inspections_per_officer cases_per_officer powers_used_share "
        "change_previous change_last_year flags",
        "overdue_by_town": "town open overdue due_soon late_1_7 late_8_30 late_over_30 days_sum days_max days_median "
        "late_done no_deadline",
    }
    for query, columns in contract.items():
        wanted = columns.split()
        assert questions()[query].column_names[: len(wanted)] == wanted
