"""EHC clusters, which instances for high-performance computing are put into."""
