"""The operations of HaVips."""
