"""Rules that allow repairs of servers ahead."""
