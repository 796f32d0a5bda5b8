# The only doors: make demo · make test · make check · make pictures · make bench, and make lock for who changes a dependency.
# A machine needs python3 (3.11 or newer, with venv) and make; everything else comes from the locks, by hash.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
# Each program is compiled once, whatever the shell says, and not beside its source: the tests start hundreds of them.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled
UV := $(BIN)/python tools/uv.py
COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
PYTEST := $(BIN)/python -m pytest -n logical --dist loadgroup
# Rooms without tables have nothing to say to a second database, save those that count over others' tables.
WITHOUT_TABLES := $(addprefix --ignore=,src/sijeong/benefits/rules/ $(filter-out %/site/ %/statistics/ \
	$(dir $(wildcard src/sijeong/*/migrations)),$(dir $(wildcard src/sijeong/*/__init__.py))))
# Pages of docs/reference that are made from the sources: --write makes them, --check says whether they are still true.
define generated
	@$(BIN)/python -m sijeong.catalog.drawing $(1) cities/seoul docs/reference/case_types
	@$(BIN)/python -m sijeong.privacy.study $(1)
	@$(BIN)/python -m sijeong.legaltime.drawing $(1)
endef
ASSETS := hatch_build.py $(shell find frontend -type f -not -path '*/node_modules/*')
# Spark's half a gigabyte comes only where the Java is that it runs on.
SPARK := $(if $(shell command -v java),.venv/.spark)
# What the tests need is added to the environment when it is first wanted, and then stays.
LOCK := requirements$(if $(or $(filter test check pictures bench,$(MAKECMDGOALS)),$(wildcard .venv/.requirements-dev)),-dev)

say = @printf '\n▶ %s\n' "$(1)"
or_say = || { printf '✗ %s\n' "$(1)" >&2; exit 1; }

.PHONY: demo test check docs pictures bench lock

demo: .venv/.installed
	@$(BIN)/sijeong demo $(ARGS)

test: .venv/.installed $(SPARK)
	$(call say,시험: SQLite)
	@$(PYTEST) $(ARGS)
	$(call say,시험: PostgreSQL)
	@if $(BIN)/python -m sijeong.site.tests.cluster; then $(PYTEST) --postgres $(WITHOUT_TABLES) $(ARGS); \
		else test "$$SIJEONG_ALL_TESTS" != 1; fi

check: .venv/.installed
	$(call say,모양: ruff format)
	@$(BIN)/ruff format --check --quiet --output-format concise . $(call or_say,ruff format . 으로 맞추십시오)
	$(call say,버릇: ruff check)
	@$(BIN)/ruff check --quiet --output-format concise .
	$(call say,형: mypy)
	@SIJEONG_MODE=test $(BIN)/mypy
	$(call say,방 사이의 문: import-linter)
	@$(BIN)/lint-imports --no-cache --no-logo
	$(call say,모델과 이주 파일이 같은지)
	@SIJEONG_MODE=test $(BIN)/django-admin makemigrations --check --dry-run --settings sijeong.site.settings
	$(call say,만들어진 문서가 소스와 같은지)
	$(call generated,--check)
	$(call say,저장소에 든 것)
	@$(BIN)/python -m pytest --quiet tests/test_tree.py

docs: .venv/.installed
	$(call generated,--write)

pictures: .venv/.installed
	@SIJEONG_PICTURES=1 $(BIN)/python -m pytest --quiet -n 0 tests/browser/test_pictures.py

bench: .venv/.installed
	@for one in benchmarks/*.py; do printf '\n▶ %s\n' "$$one"; $(BIN)/python $$one || exit 1; done

lock: .venv/.uv
	@$(UV) $(COMPILE) --upgrade --group pyproject.toml:bootstrap -o requirements-bootstrap.lock
	@$(UV) $(COMPILE) --upgrade --group pyproject.toml:spark -o requirements-spark.lock
	@$(UV) $(COMPILE) --upgrade pyproject.toml --group build -o requirements.lock
	@$(UV) $(COMPILE) --upgrade pyproject.toml --group build --group dev --group bench -c requirements.lock -o requirements-dev.lock

.venv/.uv: requirements-bootstrap.lock
	$(call say,1/3 가상환경을 만듭니다: .venv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		$(call or_say,Python 3.11 이상이 필요합니다. 다른 이름으로 있으면: make $(MAKECMDGOALS) PYTHON=python3.11)
	@$(PYTHON) -m venv .venv $(call or_say,venv 가 없습니다. apt install python3-venv 뒤에 다시 실행하십시오)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< \
		$(call or_say,uv 를 받지 못했습니다. 네트워크와 pip config list 의 미러를 확인하십시오)
	@touch $@

.venv/.$(LOCK): $(LOCK).lock .venv/.uv
	$(call say,2/3 라이브러리를 지문으로 확인하며 설치합니다: $(LOCK).lock)
	@$(UV) pip sync --require-hashes $(LOCK).lock \
		$(call or_say,라이브러리를 받지 못했습니다. 네트워크와 pip config list 의 미러를 확인하십시오)
	@touch $@

.venv/.installed: pyproject.toml $(ASSETS) .venv/.$(LOCK)
	$(call say,3/3 화면을 만들고 sijeong 을 설치합니다)
	@$(UV) pip install --quiet --no-deps --no-build-isolation --reinstall-package sijeong --editable . \
		$(call or_say,화면을 만들지 못했습니다. 위의 기록과 npm config get registry 를 확인하십시오)
	@touch $@

.venv/.spark: requirements-spark.lock .venv/.installed
	$(call say,Spark 를 지문으로 확인하며 더합니다: $<)
	@$(UV) pip install --quiet --require-hashes --require-build-hashes --build-constraints $< -r $< \
		$(call or_say,Spark 를 받지 못했습니다. 네트워크와 pip config list 의 미러를 확인하십시오)
	@touch $@
