"""Reserved instances: instances of a spec that are paid for ahead, whichever they will be."""
