"""Instances, each for an application."""
