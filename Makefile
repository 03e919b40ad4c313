# Everything runs from a clean clone: what a target needs and is not here, it installs first.
# `make help` lists the targets.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo server install test docs bench fuzz lint format clean

# One set of flags for every release build, so that one build serves them all. With the Swift
# runtime inside, `sheaf` starts in 60 % of the time and runs on a machine without Swift. Without
# types that are looked up by their names the hooks of a push take 15 % less: each look goes through
# all conformances of the program.
RELEASE := --configuration release
RELEASE += -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
ifneq ($(shell uname),Darwin)
RELEASE += --static-swift-stdlib
# Nothing looks for a symbol of the program by its name, and a table of all of them is read at the start.
RELEASE += -Xlinker --no-export-dynamic
endif
SOURCES := Package.swift Sources Tests
# How long the servers are looked at under load, and which groups of `make bench` run: none for all.
BENCH_MINUTES := 10
BENCH :=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## build sheaf and show the whole path of a bundle with it
	@.ci/phase 'set-up' .ci/setup
	@.ci/phase 'dependencies' swift package resolve
	@.ci/phase 'release build' swift build $(RELEASE) --product sheaf
	@.ci/phase 'demonstration' .ci/demo.sh .build/release/sheaf
	@printf '\nsheaf is ready: %s\n' .build/release/sheaf

server: ## build sheafd, which 'sheaf serve' hands over to, beside sheaf
	@.ci/phase 'set-up' .ci/setup
	@.ci/phase 'dependencies' swift package resolve
	@.ci/phase 'release build' swift build $(RELEASE) --product sheaf
	@.ci/phase 'release build of the server' swift build $(RELEASE) --product sheafd
	@printf '\nthe server is ready: %s\n' .build/release/sheafd

# Where `make install` puts things; DESTDIR is put before it, as packagers expect.
PREFIX ?= /usr/local
BIN = $(DESTDIR)$(PREFIX)/bin
UNITS = $(DESTDIR)$(PREFIX)/lib/systemd/system
SHARE = $(DESTDIR)$(PREFIX)/share
SERVICE := Sources/sheafd/Service

install: ## build both programs and install them below PREFIX (/usr/local)
	@case '$(PREFIX)' in /*) ;; *) echo 'PREFIX is an absolute path' >&2; exit 2 ;; esac
	@$(MAKE) --no-print-directory server
	@install -d '$(BIN)' '$(UNITS)' '$(SHARE)/sheaf' '$(SHARE)/bash-completion/completions'
	@install -m 755 .build/release/sheaf .build/release/sheafd '$(BIN)'
	@sed 's|@PREFIX@|$(PREFIX)|g' $(SERVICE)/sheaf-runtime.service \
		> '$(UNITS)/sheaf-runtime.service'
	@chmod 644 '$(UNITS)/sheaf-runtime.service'
	@install -m 644 $(SERVICE)/runtime.yaml '$(SHARE)/sheaf/runtime.yaml'
	@'$(BIN)/sheaf' --generate-completion-script bash \
		> '$(SHARE)/bash-completion/completions/sheaf'
	@printf '\ninstalled below %s; to run the runtime as a service:\n' '$(DESTDIR)$(PREFIX)'
	@printf '  %s\n' 'useradd --system --home-dir /var/lib/sheaf sheaf' \
		'install -D $(PREFIX)/share/sheaf/runtime.yaml /etc/sheaf/runtime.yaml' \
		'systemctl enable --now sheaf-runtime'

test: ## lint, build, document and test, every warning an error
	@.ci/phase 'set-up' .ci/setup test
	@.ci/phase 'dependencies' swift package resolve
	@.ci/phase 'lint' $(MAKE) --no-print-directory lint
	@.ci/phase 'build' swift build --build-tests
	@.ci/phase 'documentation' .ci/docs
	@printf '\n==> tests\n'
	@.ci/test

docs: ## build the documentation into .build/docs
	@.ci/phase 'set-up' .ci/setup
	@.ci/phase 'build' swift build
	@.ci/phase 'documentation' .ci/docs

bench: ## measure against git and nginx, BENCH_MINUTES (10) at load, BENCH='GROUP...' for some of it
	@.ci/phase 'set-up' .ci/setup bench
	@.ci/phase 'release build' swift build $(RELEASE) --product sheaf
	@.ci/phase 'release build of the server' swift build $(RELEASE) --product sheafd
	@.ci/phase 'benchmarks' swift build $(RELEASE) --product sheaf-bench
	@swift run --skip-build $(RELEASE) sheaf-bench $(BENCH) --minutes $(BENCH_MINUTES)

fuzz: ## look for inputs that break a property of a parser, FUZZ_SECONDS (600) for each
	@.ci/phase 'set-up' .ci/setup
	@.ci/phase 'fuzzing' .ci/fuzz

lint: ## check the format of the sources
	@swift format lint --strict --parallel --recursive $(SOURCES)

format: ## bring the sources into their format
	@swift format --in-place --parallel --recursive $(SOURCES)

clean: ## remove everything that was built
	@rm -rf .build
