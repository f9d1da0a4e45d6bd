"""The operations of IP sets, which the published names call IP groups."""
