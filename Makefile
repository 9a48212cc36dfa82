# make demo    install, ingest the sample corpus, say what was found, serve GraphQL (SERVE=0: stop before)
# make test    install what tests need and run them all, against a real Neo4j too
# make check   lint, format and types
# make train-zh DATA=FOLDER   make the Chinese models again; FOLDER holds the public sets (its model card names them)
PYTHON ?= python3
SERVE ?= 1
PORT ?= 8000
STORE ?= ladybug:.demo/trihelix.db
BIN := .venv/bin
DATA ?=
JOBS ?= 2
TRAIN := .train
TRAINER = $(BIN)/torchrun --standalone --nproc_per_node $(JOBS) extraction/training/train_zh_tagger.py --data $(DATA) --encoder $(TRAIN)/encoder

.PHONY: demo test check clean train-zh
.DEFAULT_GOAL := demo

demo: .venv/runtime
	@mkdir -p .demo
	@$(BIN)/trihelix ingest notebooks/corpus --store $(STORE)
	@$(BIN)/trihelix overview --store $(STORE)
	@if [ "$(SERVE)" != 0 ]; then $(BIN)/trihelix serve --store $(STORE) --port $(PORT); fi

test: .venv/dev
	$(BIN)/pytest

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train-zh: .venv/train
	@test -d "$(DATA)" || { echo "make train-zh DATA=FOLDER: the folder of the public sets is missing"; exit 1; }
	$(BIN)/python extraction/training/fetch_encoder.py $(TRAIN)/encoder
	$(TRAINER) --out $(TRAIN)/teacher --characters 4000000 --synthetic 6000
	$(TRAINER) --teacher $(TRAIN)/teacher/last.pt --out $(TRAIN)/student --characters 6000000 --rate 4e-4 --synthetic 4000 --unlabelled 1000000
	$(BIN)/python extraction/training/zh_evaluate.py --data $(DATA) --model $(TRAIN)/student
	cp $(TRAIN)/student/model.onnx $(TRAIN)/student/labels.json $(TRAIN)/student/vocab.txt extraction/models/zh-tagger/
	$(BIN)/python extraction/training/train_roles.py --data $(DATA)
	$(BIN)/python extraction/training/train_roles.py --data $(DATA) --without 0 --out $(TRAIN)/without-0.npz
	$(BIN)/python extraction/training/train_roles.py --data $(DATA) --without 1 --out $(TRAIN)/without-1.npz
	$(BIN)/python extraction/training/fit_judges.py --data $(DATA) --folds $(TRAIN)/without-0.npz $(TRAIN)/without-1.npz

clean:
	rm -rf .venv .demo .train build dist

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Trihelix needs Python 3.11 or later; {sys.executable} is {sys.version.split()[0]}. Name another: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

.venv/runtime: .venv/python pyproject.toml
	@echo "Installing Trihelix into .venv (a minute or two the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/python pyproject.toml
	@echo "Installing Trihelix and what its tests need into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/runtime

.venv/train: .venv/python pyproject.toml
	@echo "Installing Trihelix and what training needs into .venv (PyTorch is large) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@touch $@ .venv/runtime
