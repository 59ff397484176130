# `make help` lists the targets. Each one does its own set-up.

JOBS ?= $(shell getconf _NPROCESSORS_ONLN)
# A test run that hangs is a failure, after so many seconds.
TEST_TIMEOUT ?= 900
TIMEOUT := $(shell command -v timeout || command -v gtimeout)
# More flags for the compiler; CI passes -Xswiftc -warnings-as-errors.
SWIFT_FLAGS ?=

LIBRARIES := freetds-dev libssl-dev libsqlite3-dev pkg-config
CLIENTS := freetds-bin python3 python3-venv

ifeq ($(shell uname -s),Darwin)
BREW := $(shell brew --prefix)
export PKG_CONFIG_PATH := $(BREW)/opt/openssl@3/lib/pkgconfig:$(BREW)/opt/sqlite/lib/pkgconfig:$(PKG_CONFIG_PATH)
C_FLAGS := -I$(BREW)/include -L$(BREW)/lib
PLATFORM_FLAGS := -Xcc -I$(BREW)/include -Xlinker -L$(BREW)/lib
endif

FLAGS := -j $(JOBS) --explicit-target-dependency-import-check error $(PLATFORM_FLAGS) $(SWIFT_FLAGS)
MSSQL = $(shell swift build $(FLAGS) --show-bin-path)/mssql

.PHONY: help setup build test lint format demo conformance bench clients live clean
.DEFAULT_GOAL := help

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs the system libraries that are missing
	@.ci/setup $(LIBRARIES)

build: setup ## Builds the library and the mssql command
	swift build $(FLAGS)

test: setup ## Builds and runs all tests
	swift build $(FLAGS) --build-tests
	$(if $(TIMEOUT),$(TIMEOUT) -k 10 $(TEST_TIMEOUT)) swift test $(FLAGS) --skip-build

lint: ## Checks the format of the sources
	swift format lint --strict --recursive --parallel Package.swift Sources Benchmarks Tests

format: ## Formats the sources
	swift format --in-place --recursive --parallel Package.swift Sources Benchmarks Tests

demo: setup ## Runs the shop of sql/samples on the embedded server
	swift build $(FLAGS) --product mssql
	@sql/samples/demo.sh "$(MSSQL)"

conformance: setup ## Runs the T-SQL cases of sql/conformance on an embedded server
	swift build $(FLAGS) --product conformance
	@$(shell swift build $(FLAGS) --show-bin-path)/conformance $(CONFORMANCE_FLAGS)

bench: setup ## Measures a release build and compares it with its bars (BENCH_FLAGS="--filter rows")
	swift build $(FLAGS) -c release --product WireServer
	swift build $(FLAGS) -c release --product bench
	mkdir -p .build/bench
	$(CC) -O2 -Wall -Wextra $(C_FLAGS) -o .build/bench/dblib_reader Benchmarks/dblib/reader.c -lsybdb
	@.ci/setup freetds-bin || echo "bench: apt could not install freetds-bin; without freebcp there is no client.bulk"
	@$(shell swift build $(FLAGS) -c release --show-bin-path)/bench $(BENCH_FLAGS)

clients: setup ## Runs clients that others wrote against mssql serve
	swift build $(FLAGS) --product mssql
	@.ci/setup $(CLIENTS) || echo "clients: apt could not install all of: $(CLIENTS)"
	@python3 Tests/Clients/run.py "$(MSSQL)"

live: setup ## Runs the tests against MSSQL_TEST_URL, or a SQL Server container
	swift build $(FLAGS) --build-tests
	@FLAGS="$(FLAGS)" TIMEOUT="$(if $(TIMEOUT),$(TIMEOUT) -k 10 $(TEST_TIMEOUT))" .ci/live

clean: ## Removes what was built
	rm -rf .build .venv-clients
