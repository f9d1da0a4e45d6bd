"""One replica on PostgreSQL: what it keeps, what it refuses, and that one account's failure is no other's."""

from __future__ import annotations

import json
import time

import psycopg
import pytest

from bce_emulator.testing.server import Server
from tests.cloud import LINUX, SPEC
from tests.cluster.services import Postgres, until
from tests.control.test_state import control

pytestmark = pytest.mark.cluster
