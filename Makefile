# Two commands: `make demo` shows the main job, `make test` checks everything. Both set up what they need first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
NODE   := tests/foreign/node_modules/.ready

.PHONY: docs help demo test check layers eval bench chat page setup lock foreign wheel-test clean
.DEFAULT_GOAL := help

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(STAMP) ## redesign the bundled order-to-cash story, offline, and write the report to out/demo
	$(BIN)/assistant demo --out out/demo --force

chat: $(STAMP) ## tell your own process in a conversation
	$(BIN)/assistant chat

page: $(STAMP) ## the same conversation beside the map, in a browser on this machine
	$(BIN)/assistant page

# The types are looked through beside the tests, by one process: what they say is told below the tests.
test: layers foreign ## style, types, layers and all tests (no network, no key)
	@mkdir -p out; rm -f out/types.*; { $(BIN)/mypy >out/types.txt 2>&1; echo $$? >out/types.code; } & \
	$(BIN)/python -m pytest -n 2; tests=$$?; wait; cat out/types.txt; exit $$((tests + $$(cat out/types.code)))

check: layers ## style, strict types, import layers
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

# Exit code 4 (the evidence does not decide) is fine here: nothing guarded was lost. 1 is worse, and fails.
eval: $(STAMP) ## play a sample of all suites by the built-in rules and compare with the blessed run; fails when it got worse
	ASSISTANT_MODEL=offline ASSISTANT_HOME=out/eval/home $(BIN)/python -m assistant eval run all --force --out out/eval/run.jsonl
	ASSISTANT_HOME=out/eval/home $(BIN)/python -m assistant eval report out/eval/run.jsonl --blessed --force \
	  --out out/eval/report.html --out out/eval/report.md --out out/eval/junit.xml
	ASSISTANT_HOME=out/eval/home $(BIN)/python -m assistant eval compare out/eval/run.jsonl || [ $$? -eq 4 ]

BENCHES := main_job bpmn_layout eventlog feedback language_model library map ranges redesign simulation templates
bench: $(STAMP) ## measure speed and quality (BENCHMARKS=DIR: also on published data, and fails where rules are fitted to it)
	@for name in $(BENCHES); do echo "== $$name"; $(BIN)/python bench/$$name.py || exit 1; done
ifdef BENCHMARKS
	$(BIN)/python bench/bpmn_import.py --quiet $(BENCHMARKS)/bpmn/students $(BENCHMARKS)/bpmn/miwg $(BENCHMARKS)/map
	$(BIN)/python bench/change.py $(BENCHMARKS)/change/requests.jsonl --scorer $(BENCHMARKS)/score_change.py
	$(BIN)/python bench/map.py $(BENCHMARKS)/map/pet38 $(BENCHMARKS)/map/bpmai25 --scorer $(BENCHMARKS)/score_map.py
endif

setup: $(STAMP) ## install into .venv what the lock file names

$(STAMP): requirements.lock pyproject.toml
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

foreign: $(if $(shell command -v npm 2>/dev/null),$(NODE)) ## other makers' BPMN readers, for the tests (where node is there)

$(NODE): tests/foreign/package.json tests/foreign/package-lock.json
	cd tests/foreign && npm ci --silent --no-audit --no-fund --ignore-scripts && touch node_modules/.ready

docs: $(STAMP) ## write docs/reference anew from the code
	$(BIN)/python docs/generate.py

# What Chroma asks for and nothing here uses; docs/decisions/0011-what-is-installed.md says why it is left out.
UNUSED := kubernetes onnxruntime tokenizers huggingface-hub hf-xet
lock: ## write the lock file anew (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --group dev \
	  $(addprefix --no-emit-package ,$(UNUSED)) pyproject.toml -o requirements.lock --upgrade

wheel-test: $(STAMP) ## install the wheel elsewhere and run the main job from another folder
	bash tests/install/check.sh

clean: ## remove what was set up or made
	rm -rf $(VENV) out dist build tests/foreign/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
