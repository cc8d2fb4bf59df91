# Cần: Python 3.11 trở lên, git, make. Mọi thứ khác nằm trong .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test stories rest lint bench format lock clean

run: .venv/run.stamp  ## chạy Trợ lý; chưa có token thì mở trang chạy thử
	$(BIN)/python -m bot run

test: .venv/dev.stamp  ## mọi phép thử, cả PostgreSQL
	$(MAKE) --no-print-directory --jobs 2 stories rest

stories:  ## các câu chuyện, qua HTTP thật
	$(BIN)/python -m pytest tests/e2e

rest:  ## mọi phép thử khác
	$(BIN)/python -m pytest --ignore tests/e2e

lint: .venv/dev.stamp  ## kiểm tra mã và sổ tay
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict .
	$(BIN)/python -m bot guides check

bench: .venv/dev.stamp  ## đo tốc độ và chất lượng, so với các cách khác
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only --benchmark-disable-gc -s

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/dev.stamp  ## ghi lại các phiên bản đang dùng
	{ head -n 1 requirements.lock; $(BIN)/pip list --format=freeze --exclude-editable --exclude pip --exclude setuptools; } > requirements.new
	mv requirements.new requirements.lock

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks *.egg-info

.venv/run.stamp: pyproject.toml requirements.lock
	@echo "Lần đầu: đang cài các gói cần dùng, chờ vài phút…"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	touch $@

.venv/dev.stamp: .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	touch $@
