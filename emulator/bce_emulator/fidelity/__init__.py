"""Is the double right? Recordings of the real cloud: made, compared with the emulator, and served again."""
