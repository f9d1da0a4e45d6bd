"""The operations of IP groups, which the published names call IP sets."""
