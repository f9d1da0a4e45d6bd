# The image: build it, check it, test it, list what is in it. Works by itself too: make -f docker/image.mk image
IMAGE_VERSION  := $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' emulator/bce_emulator/__init__.py)
IMAGE_REVISION := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
IMAGE_OPERATIONS := $(shell sed -n 's/^| \*\*all\*\* | \(.*\) | \(.*\) |$$/\1 of \2/p' docs/operations.md)
IMAGE          ?= bce-emulator:$(IMAGE_VERSION)
IMAGE_PYTHON   ?= 3.13
IMAGE_TOOLS    := .cache/container
SBOM           ?= build/bce-emulator-$(IMAGE_VERSION).cdx.json

.PHONY: image image-lint image-test sbom

image: ## build the image
	docker build --build-arg PYTHON_VERSION=$(IMAGE_PYTHON) --build-arg VERSION=$(IMAGE_VERSION) \
		--build-arg REVISION=$(IMAGE_REVISION) --build-arg OPERATIONS="$(IMAGE_OPERATIONS)" $(IMAGE_BUILD_OPTIONS) --tag $(IMAGE) .

image-lint: $(IMAGE_TOOLS)/ready sbom ## check all that belongs to the image and needs no engine
	$(IMAGE_TOOLS)/bin/hadolint Dockerfile
	$(IMAGE_TOOLS)/bin/shellcheck docker/test-image
	$(IMAGE_TOOLS)/bin/kubernetes-validate --strict docker/kubernetes/*.yaml
	$(IMAGE_TOOLS)/bin/kubernetes-validate --strict --kubernetes-version 1.25 docker/kubernetes/*.yaml
	$(IMAGE_TOOLS)/bin/check-jsonschema --builtin-schema vendor.compose-spec docker/compose*.yaml
	$(IMAGE_TOOLS)/bin/check-jsonschema --builtin-schema vendor.gitlab-ci docker/ci/gitlab-ci.yml
	$(IMAGE_TOOLS)/bin/check-jsonschema --builtin-schema vendor.github-workflows docker/ci/github-actions.yml .github/workflows/*.yml
	$(IMAGE_TOOLS)/bin/python docker/check_sbom.py $(SBOM)

image-test: image $(IMAGE_TOOLS)/ready ## build the image, run it as users do, print its sizes and times
	IMAGE=$(IMAGE) docker/test-image

sbom: ## write the bill of materials (CycloneDX)
	mkdir -p $(dir $(SBOM))
	python3 docker/sbom.py >$(SBOM)

$(IMAGE_TOOLS)/ready: requirements/container.txt
	python3 -m venv --clear $(IMAGE_TOOLS)
	$(IMAGE_TOOLS)/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/container.txt
	$(IMAGE_TOOLS)/bin/pip check --disable-pip-version-check
	touch $@
