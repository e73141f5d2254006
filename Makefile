# Everything that is done by hand or by CI has one word here; `make help` lists them.

RELEASE = -c release --static-swift-stdlib -Xlinker -s --product saual
CHECKED = -Xswiftc -warnings-as-errors
SAUAL = .build/release/saual
STUDIES = Datasets/envipe-morelos/study.yaml Datasets/culture-and-intolerance/study.yaml
SECONDS_EACH = 60

.DEFAULT_GOAL := help
.PHONY: help setup build report test format lint bench fuzz schemas

help: ## lists these words
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: ## installs the Debian packages that are missing
	@Scripts/setup.sh

build: setup ## builds the program: .build/release/saual
	swift build $(RELEASE)

report: build ## runs both example studies from their raw files to the reports
	@for study in $(STUDIES); do $(SAUAL) run $$study || exit 1; done

test: setup ## builds everything with warnings as errors and runs all tests
	swift build --build-tests $(CHECKED)
	swift test --parallel $(CHECKED)

format: ## rewrites the sources in the house style
	swift format -i -r Sources Tests Package.swift

lint: ## checks the style without changing anything
	swift format lint --strict -r Sources Tests Package.swift

bench: setup ## compares with plain C: Benchmarks/README.md
	Benchmarks/run.sh

fuzz: setup ## feeds random input to the readers, SECONDS_EACH=60 for each
	Scripts/fuzz.sh $(SECONDS_EACH)

schemas: setup ## writes Schemas/ anew from the program
	swift build --product saual
	for kind in questionnaire indicators study map; do \
	    .build/debug/saual schema $$kind -o Schemas/$$kind-1.json --force || exit 1; done
