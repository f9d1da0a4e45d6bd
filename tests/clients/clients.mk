.PHONY: clients clients-docs terraform

clients: $(VENV)/dev.stamp ## official SDKs and examples in their own languages, against a running emulator
	@# pytest 9.2 has xdist 3.8 ignore the groups: a client may run in both workers then, from one cache that is locked.
	FETCH_PACKAGES=1 $(BIN)/python -m pytest -m "" -n $(WORKERS) --dist loadgroup tests/clients tests/examples
	$(BIN)/python -m tests.clients.matrix

clients-docs: $(VENV)/dev.stamp ## run them all, and write anew what each drives (CLIENTS="go1 python2" for some)
	$(BIN)/python -m tests.clients.record $(CLIENTS)

terraform: $(VENV)/dev.stamp ## scenarios with the real Terraform and the real provider (TERRAFORM=, PROVIDER= name the binaries)
	TERRAFORM=$(TERRAFORM) PROVIDER=$(PROVIDER) $(BIN)/python -m tests.terraform.run
