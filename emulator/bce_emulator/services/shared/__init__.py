"""What belongs to no product: regions, names, tags, billing, prices, addresses."""
