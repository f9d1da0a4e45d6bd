"""A local double of Baidu AI Cloud's compute API."""

__version__ = "0.1.0"
