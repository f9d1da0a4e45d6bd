"""Images of bare metal."""
