"""Dedicated volume clusters: capacity paid ahead, which volumes are made in."""
