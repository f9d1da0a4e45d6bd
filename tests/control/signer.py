"""The signer of bce-python-sdk, as it is or with a mistake edited into its source."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from baidubce import compat, utils
from baidubce.auth import bce_v1_signer
from baidubce.http import http_headers

Edit = tuple[str, str]


def signer(edits: Iterable[Edit] = ()) -> Any:
    """The module's ``sign`` with each edit made once in its source; an edit that finds nothing fails."""
    helpers = [utils.normalize_string, utils.get_canonical_querystring]
    helper_source = "\n".join(inspect.getsource(function) for function in helpers)
    source = inspect.getsource(bce_v1_signer)
    for old, new in edits:
        assert (source + helper_source).count(old) >= 1, old
        source, helper_source = source.replace(old, new, 1), helper_source.replace(old, new, 1)
    namespace = dict(vars(utils))
    exec(helper_source, namespace)
    edited = SimpleNamespace(**{name: value for name, value in vars(utils).items() if not name.startswith("__")})
    edited.normalize_string = namespace["normalize_string"]
    edited.get_canonical_querystring = namespace["get_canonical_querystring"]
    source = source.replace("from baidubce import utils\n", "")
    module = {"utils": edited, "http_headers": http_headers, "compat": compat}
    exec(source, module)
    return module["sign"]
