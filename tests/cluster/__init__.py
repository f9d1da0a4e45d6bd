"""Several replicas on one PostgreSQL behind HAProxy: make cluster-test."""
