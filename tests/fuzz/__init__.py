"""Schemathesis against the OpenAPI documents of a running emulator."""
