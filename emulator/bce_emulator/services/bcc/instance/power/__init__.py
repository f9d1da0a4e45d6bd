"""Starting, stopping, rebooting, rescuing."""
