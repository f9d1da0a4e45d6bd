def sweep():
    return ""
