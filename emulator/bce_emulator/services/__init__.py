"""The cloud: a folder per product, in it a folder per kind of resource."""
