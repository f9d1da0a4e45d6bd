"""Server groups of application load balancers: their ports and their servers."""
