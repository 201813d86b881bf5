VENV := .venv
PYTHON := $(VENV)/bin/python
PORT ?= 8501

# Serve the dashboard on http://localhost:8501; the first start builds the demonstration district.
run: $(VENV)/run.stamp
	$(PYTHON) -m supervision demo --if-empty
	$(PYTHON) -m streamlit run app.py --server.port $(PORT)

# Serve a warehouse of one's own, without the demonstration district.
serve: $(VENV)/run.stamp
	$(PYTHON) -m streamlit run app.py --server.port $(PORT)

# The whole test suite.
test: $(VENV)/dev.stamp
	$(PYTHON) -m pytest

# Good files damaged by a generator, far more of them than the suite has.
fuzz: $(VENV)/dev.stamp
	FUZZ=5000 $(PYTHON) -m pytest tests/test_fuzz.py

# Style and types of the Python, style of the SQL.
lint: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/sqlfluff lint queries --processes 2

# How long pages, queries, models and imports take, beside a yardstick of the same run.
bench: $(VENV)/run.stamp
	$(PYTHON) -m tests.bench

$(VENV)/run.stamp: requirements.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.PHONY: run serve test fuzz lint bench
