"""A copy of the program, compiled module by module, and a wheel of it for this machine.

The copy stands in `build/compiled`, the wheel in `dist`. The tree itself is not touched: there is
never a compiled module that hides a changed source.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.command.build_ext import build_ext

from compiling.lowering import INTERPRETED, lowered
from compiling.makers import makers

ROOT = Path(__file__).resolve().parents[1]
STAGE = ROOT / "build" / "compiled"
STAMP = STAGE / "sources.sha256"
COMPILED = ("solieu", "extractors", "normalizers", "auditors", "writers")
"""Where the time goes. The others wait for networks, disks and processes."""
AS_THEY_ARE = ("fetchers", "engines", "commands")
BENCHMARKS = "benchmarks"
"""They measure the tree that they stand in; the wheel has none."""
FILES = ("pipeline.py", "pyproject.toml", "README.md", "LICENSE")
OPTIMISATION = "2"

_HOOK = """

[tool.hatch.build]
ignore-vcs = true

[tool.hatch.build.targets.wheel.hooks.custom]
path = "hook.py"
"""
_HOOK_FILE = '''\
"""The wheel fits this interpreter and machine only."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compiled(BuildHookInterface):
    def initialize(self, version, build_data):
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        for group in Path(self.root).glob("*__mypyc.*"):
            build_data["force_include"][str(group)] = group.name
'''


def fingerprint() -> str:
    """What a compiled copy was made from; where it differs, the copy is out of date."""
    digest = hashlib.sha256(sys.version.encode())
    for package in (*COMPILED, *AS_THEY_ARE, Path(__file__).parent.name):
        for path in sorted(_kept(ROOT / package)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _kept(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            yield path


def build() -> Path:
    """Compile the copy, make the wheel and return its path."""
    made_from = fingerprint()
    modules = stage()
    print(f"Compiling {len(modules)} modules: some minutes ...", flush=True)
    os.chdir(STAGE)
    compile_here(modules)
    STAMP.write_text(made_from, encoding="ascii")
    return wheel()


def stage() -> list[str]:
    """Copy the program, lowered where it is compiled; the modules to compile, by path."""
    shutil.rmtree(STAGE, ignore_errors=True)
    for package in (*COMPILED, *AS_THEY_ARE, BENCHMARKS):
        shutil.copytree(
            ROOT / package, STAGE / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in FILES:
        shutil.copy(ROOT / name, STAGE / name)
    with (STAGE / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(_HOOK)
    (STAGE / "hook.py").write_text(_HOOK_FILE, encoding="utf-8")
    paths = sorted(p for package in COMPILED for p in (STAGE / package).rglob("*.py"))
    sources = {p: p.read_text(encoding="utf-8") for p in paths if p.name not in INTERPRETED}
    made = {name: told for source in sources.values() for name, told in makers(source).items()}
    for path, source in sources.items():
        path.write_text(lowered(source, made), encoding="utf-8")
    return [path.relative_to(STAGE).as_posix() for path in sources]


def compile_here(modules: list[str]) -> None:
    """All modules as one group: calls between them are then calls of C."""
    options = [
        "--config-file",
        "pyproject.toml",
        "--no-warn-unused-ignores",
        "--allow-untyped-calls",
    ]
    extensions = _translated([*options, *modules])
    command = Parallel(Distribution({"name": "solieu", "ext_modules": extensions}))
    command.inplace = command.force = True
    command.build_temp = "build"
    command.ensure_finalized()
    command.run()


def _translated(arguments: list[str]) -> list[Any]:
    """The sources in C; what the compiler says is shown where it refuses one."""
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            return mypycify(arguments, opt_level=OPTIMISATION, debug_level="0", multi_file=True)
    except SystemExit:
        told = [line for line in said.getvalue().splitlines() if "warning:" not in line]
        sys.exit("\n".join(["mypyc cannot compile these sources:", *told]))


class Parallel(build_ext):  # type: ignore[misc] # setuptools has no types
    """All cores compile the many files of the one group."""

    def build_extension(self, ext: Any) -> None:
        """Compile file by file, then link."""
        ext.extra_objects = [*_compiled(self, ext), *ext.extra_objects]
        ext.sources = []
        super().build_extension(ext)


def _compiled(command: Any, extension: Any) -> list[str]:
    """Object files of all sources, as many at a time as there are cores."""

    def one(source: str) -> list[str]:
        made: list[str] = command.compiler.compile(
            [source],
            output_dir=command.build_temp,
            include_dirs=extension.include_dirs,
            extra_postargs=extension.extra_compile_args,
        )
        return made

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [path for paths in pool.map(one, extension.sources) for path in paths]


def wheel() -> Path:
    """The wheel of the copy, with the tag of this interpreter and machine."""
    folder = ROOT / "dist"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=STAGE, check=True, stdout=subprocess.DEVNULL)
    tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    return max(folder.glob(f"solieu-*-{tag}-*.whl"), key=lambda path: path.stat().st_mtime)


def missing() -> str | None:
    """What this machine lacks for compiling, said so that one can act on it."""
    header = Path(sysconfig.get_path("include")) / "Python.h"
    if os.name != "nt" and not shutil.which(_compiler()):
        return f"There is no C compiler ({_compiler()})."
    return None if header.is_file() else f"The headers of Python are missing ({header})."


def _compiler() -> str:
    return (sysconfig.get_config_var("CC") or "cc").split()[0]
