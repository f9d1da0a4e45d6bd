"""The tag operations that name the type of the resource."""
