# Replicas on one PostgreSQL behind HAProxy: both are Debian's, run on loopback in a directory of their own, and go afterwards.
POSTGRES_BIN := /usr/lib/postgresql/*/bin/postgres
CLUSTER_ROUNDS ?= 10

.PHONY: cluster-test cluster-tools

cluster-tools:
	@ls $(POSTGRES_BIN) /usr/sbin/haproxy >/dev/null 2>&1 || \
	  { apt-get update -qq && apt-get install --yes --no-install-recommends postgresql haproxy; }

cluster-test: $(VENV)/dev.stamp cluster-tools ## three replicas whose leader is killed, stopped and cut off (CLUSTER_ROUNDS=10 times each)
	CLUSTER_ROUNDS=$(CLUSTER_ROUNDS) $(BIN)/python -m pytest -n 0 -m cluster tests/cluster
