.PHONY: clients clients-docs

clients: $(VENV)/dev.stamp ## official SDKs and examples in their own languages, against a running emulator
	$(BIN)/python -m pytest -m clients -n $(WORKERS) --dist loadgroup -rs tests/clients tests/examples
	$(BIN)/python -m tests.clients.matrix

clients-docs: $(VENV)/dev.stamp ## run them all, and write anew what each drives (CLIENTS="go1 python2" for some)
	$(BIN)/python -m tests.clients.record $(CLIENTS)
