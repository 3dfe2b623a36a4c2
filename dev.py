#!/usr/bin/env python3
"""Two commands on a fresh machine: `python3 dev.py demo` and `python3 dev.py test`.

Needs Python 3.11 or newer and nothing else. Both make `.venv` from `requirements.lock` (every
package pinned with its hashes) when it is missing or the lock has changed.

    python3 dev.py demo             run the main job on samples/ into output/
    python3 dev.py test [ARGS...]   all tests and checks; ARGS go to pytest and skip the checks
    python3 dev.py compile          a faster wheel for this machine; needs a C compiler
    python3 dev.py lock             resolve the dependencies of pyproject.toml anew
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.sha256"
LEAST = (3, 11)


def venv_program(name: str) -> Path:
    """Path of a program inside the virtual environment."""
    folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return VENV / folder / f"{name}{suffix}"


def fingerprint() -> str:
    """What the environment was made from: the lock, the interpreter, the project's own data."""
    parts = (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def set_up() -> None:
    """Make `.venv` hold exactly what the lock names; nothing to do is the usual case."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted:
        return
    print("Setting up .venv (once; a minute or two) ...", flush=True)
    if not venv_program("python").is_file():
        make_venv()
    pip = [
        str(venv_program("python")),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    run([*pip, "--require-hashes", "-r", str(LOCK)])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text(wanted, encoding="ascii")


def make_venv() -> None:
    """Create the environment, or say what to install where Debian split venv off."""
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        sys.exit(
            "Python cannot make a virtual environment here.\n"
            f"On Debian or Ubuntu: sudo apt install python{version}-venv\n"
            "Elsewhere: install Python from python.org, which brings venv.\n\n"
            f"{done.stdout}{done.stderr}"
        )


def run(command: list[str], *, quiet: bool = False) -> None:
    """Run a command in the project's folder and stop with its exit code when it fails."""
    if not quiet:
        print(
            "$",
            " ".join(Path(c).name if c.startswith(str(VENV)) else c for c in command),
            flush=True,
        )
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def demo() -> None:
    """The main job on the samples. One of them cannot be read, on purpose: exit code 3."""
    command = [str(venv_program("python")), "pipeline.py", "run", "samples", "--output", "output"]
    print("$ python pipeline.py run samples --output output\n", flush=True)
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code not in (0, 3):
        sys.exit(code)
    print(f"\nOpen {Path('output') / 'report' / 'index.html'} in a browser.")


def test(arguments: list[str]) -> None:
    """Tests, and without arguments the checks of style, types and import directions too."""
    python = str(venv_program("python"))
    if not arguments:
        run([str(venv_program("ruff")), "check", "."])
        run([str(venv_program("ruff")), "format", "--check", "."])
        run([str(venv_program("mypy"))])
        run([str(venv_program("lint-imports"))])
        arguments = ["-n", "auto"]
    run([python, "-m", "pytest", *arguments])


def compile_program() -> None:
    """A wheel with the same program as machine code; nothing else needs it."""
    run([str(venv_program("python")), "-m", "compiling"])


def lock() -> None:
    """Write `requirements.lock` anew; it names no index, so every mirror serves it."""
    uv = shutil.which("uv") or sys.exit("Resolving needs uv: pip install uv")
    run(
        [
            uv, "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes",
            "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet", "--group", "dev",
            "--all-extras", "pyproject.toml", "-o", str(LOCK),
        ]
    )  # fmt: skip


def main() -> None:
    """Dispatch on the first argument."""
    if sys.version_info < LEAST:
        sys.exit(
            f"Solieu needs Python {LEAST[0]}.{LEAST[1]} or newer; this is {sys.version.split()[0]}."
        )
    name, *rest = sys.argv[1:] or ["help"]
    if name == "lock":
        lock()
    elif name in ("demo", "test", "compile"):
        set_up()
        {"demo": demo, "test": lambda: test(rest), "compile": compile_program}[name]()
    else:
        print(__doc__.strip())
        sys.exit(0 if name in ("help", "-h", "--help") else 2)


if __name__ == "__main__":
    main()
