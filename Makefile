# The short front of the build (Meson and Ninja do the work). Each target installs with apt what it lacks.
BUILD       ?= build
CONFORMANCE ?= ../shared/conformance
PORT        ?= 8000
BIND        ?= 127.0.0.1
PREFIX      ?= /usr/local
DESTDIR     ?=
RIVALS      ?= 1

.PHONY: all build demo test asan tsan fuzz cov bench abuse conformance reference format lint install clean

all build: $(BUILD)/build.ninja
	@tools/apt.sh build
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	@tools/apt.sh test
	meson setup $(BUILD)

demo: $(BUILD)/build.ninja
	@tools/apt.sh build
	ninja -C $(BUILD) examples/bookshop/manage
	BUILD=$(BUILD) BIND=$(BIND) PORT=$(PORT) tools/demo.sh

test: $(BUILD)/build.ninja
	@tools/apt.sh test
	ninja -C $(BUILD)
	tools/test.py $(BUILD)

# The whole suite under AddressSanitizer and UndefinedBehaviorSanitizer (CC=gcc for the second opinion).
asan:
	@tools/apt.sh asan
	tools/sanitize.sh asan

tsan:
	@tools/apt.sh tsan
	tools/sanitize.sh tsan

# SECONDS_EACH for each target; corpora are read, never written.
fuzz:
	@tools/apt.sh fuzz
	tools/fuzz.sh

cov:
	@tools/apt.sh cov
	tools/coverage.sh

# With RIVALS=0 templates are not measured beside other engines; without the network those that are not here are left out.
bench: build
	@tools/apt.sh bench
	@[ "$(RIVALS)" = 0 ] || tools/apt.sh rivals || echo "Rivals that are not installed are not measured."
	RIVALS=$(RIVALS) bench/run.py $(BUILD)

abuse: build
	tests/functional/abuse.py $(BUILD)

conformance: $(BUILD)/build.ninja
	@tools/apt.sh conformance
	ninja -C $(BUILD)
	tools/conformance.py $(BUILD) $(CONFORMANCE)

# The pages that are made from the rows of the engine's tags and filters.
reference: build
	$(BUILD)/tools/template_reference docs/reference/templates

format:
	@tools/apt.sh lint
	tools/format.sh

lint:
	@tools/apt.sh lint
	tools/lint.sh

# What a site needs, without tests and examples.
install: $(BUILD)/build.ninja
	@tools/apt.sh build
	ninja -C $(BUILD) library
	DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) tools/install.sh $(BUILD)

clean:
	rm -rf $(BUILD) build-asan-* build-tsan-* build-fuzz build-cov build-lint
