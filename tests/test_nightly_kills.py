"""A night that is killed again and again ends with the same bytes as one that was left alone."""

import sys

import pytest

from tests.killing import kill_often


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_killed_at_random_moments_the_final_bytes_are_the_same(tmp_path):
    nights, _ = kill_often(tmp_path, 20, pages=2)
    assert nights >= 3
