"""The page under /_emulator/: files for a browser, which use nothing but the control API."""
