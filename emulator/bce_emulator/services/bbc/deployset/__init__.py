"""Deploy sets of bare metal."""
