"""What was done to servers, as their operation log tells."""
