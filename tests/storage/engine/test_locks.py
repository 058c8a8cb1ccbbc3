import subprocess
import sys
from pathlib import Path

import pytest

from storage.engine.errors import AlreadyServed
from storage.engine.locks import SingleProcessLock

HOLD = """
import sys
from pathlib import Path
from storage.engine.locks import SingleProcessLock
with SingleProcessLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_kept_off_until_the_first_has_ended_however_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "meldind.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyServed, match=f"id {holder.pid}"), SingleProcessLock(path):
            pass
        holder.kill()
        holder.wait()
    with SingleProcessLock(path), pytest.raises(AlreadyServed), SingleProcessLock(path):
        pass
    with SingleProcessLock(path):
        pass


def test_who_comes_later_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    path = tmp_path / "meldind.lock"
    with (
        SingleProcessLock(path, "http://127.0.0.1:8477/"),
        pytest.raises(AlreadyServed, match=r"stop it first\. It is at http://127\.0\.0\.1:8477/$"),
        SingleProcessLock(path),
    ):
        pass
