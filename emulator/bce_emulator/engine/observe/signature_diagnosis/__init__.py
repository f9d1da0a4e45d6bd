"""Why a signature did not match: the known mistakes of clients, tried until one reproduces what was sent."""
