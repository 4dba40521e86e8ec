"""What a user installs: sdist, wheel, and the command in a clean environment, away from the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("cohort", "commands", "consult", "engine", "knowledge", "reports")
SHIPPED = (*PACKAGES, "cli.py", "tests", "setup.cfg", "pyproject.toml", "README.md", "LICENSE", "NOTICE")
LEFT_BY_TOOLS = shutil.ignore_patterns("__pycache__", "*.pyc", ".*_cache")
# What pip says when it cannot reach an index at all, as against finding a package there that does not fit.
UNREACHABLE = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Connection refused",
    "Network is unreachable",
    "Temporary failure in name resolution",
)

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Installed:
    """A clean environment that holds backcause and what it needs."""

    python: Path
    command: Path

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run from `/`, with nothing of the checkout or the user in sight."""
        return subprocess.run(command, cwd="/", env=clean_environment(), capture_output=True, text=True, timeout=120)

    def ask(self, program: str) -> list[str]:
        """The lines a small Python program prints there."""
        done = self.run(self.python, "-c", program)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONNOUSERSITE": "1", "PIP_RETRIES": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def install_step(*command: str | Path, cwd: Path) -> None:
    """Run one step that needs an index; no index is no fault of ours."""
    done = subprocess.run(command, cwd=cwd, env=clean_environment(), capture_output=True, text=True, timeout=600)
    said = done.stdout + done.stderr
    if done.returncode and any(sign in said for sign in UNREACHABLE):
        pytest.skip("pip cannot reach a package index, so there is nothing to install from")
    assert done.returncode == 0, said


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to build in, so that builds leave nothing in the real one and take nothing stale from it."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=LEFT_BY_TOOLS)
        else:
            shutil.copy(source, copy / name)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    """Built from the sdist, so what the sdist lacks the wheel lacks too."""
    install_step(sys.executable, "-m", "build", "--outdir", "dist", ".", cwd=checkout)
    (built,) = (checkout / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> frozenset[str]:
    return frozenset(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    home = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", home], check=True, timeout=120)
    python = home / "bin" / "python"
    install_step(python, "-m", "pip", "install", "-q", wheel, cwd=home)
    return Installed(python, home / "bin" / "backcause")


class TestWheel:
    def test_holds_every_file_of_the_rooms(self, checkout: Path, contents: frozenset[str]) -> None:
        files = [path for package in PACKAGES for path in (checkout / package).rglob("*") if path.is_file()]
        missing = {path.relative_to(checkout).as_posix() for path in files} - contents
        assert not missing, "setup.cfg, options.package_data, leaves these out: " + ", ".join(sorted(missing))

    def test_holds_nothing_but_the_rooms(self, contents: frozenset[str]) -> None:
        top = {name.split("/")[0] for name in contents}
        assert {name for name in top if not name.endswith(".dist-info")} == {*PACKAGES, "cli.py"}

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            pytest.param("knowledge/base/", ".yaml", id="knowledge in YAML"),
            pytest.param("knowledge/base/cases/", ".yaml", id="shipped cases"),
            pytest.param("knowledge/base/", ".csv", id="the table of links"),
            pytest.param("reports/templates/", "", id="templates"),
            pytest.param("reports/", ".json", id="the published schema"),
            pytest.param("knowledge/", "py.typed", id="the mark that types are there"),
            pytest.param("backcause-", "LICENSE", id="the licence"),
        ],
    )
    def test_holds(self, start: str, end: str, contents: frozenset[str]) -> None:
        assert [name for name in contents if name.startswith(start) and name.endswith(end)]


class TestInstalled:
    def test_all_rooms_come_from_one_folder(self, installed: Installed) -> None:
        rooms = ("cli", *PACKAGES)
        folders = "', '".join(rooms)
        found = installed.ask(
            "import importlib.util as u\n"
            "from pathlib import Path\n"
            f"for room in ('{folders}'):\n"
            "    path = Path(u.find_spec(room).origin)\n"
            "    print(path.parent if path.stem == room else path.parents[1])"
        )
        assert len(found) == len(rooms)
        assert set(found) == set(installed.ask("import sysconfig; print(sysconfig.get_path('purelib'))"))

    def test_command_explains_itself(self, installed: Installed) -> None:
        done = installed.run(installed.command, "--help")
        assert done.returncode == 0, done.stderr
        assert "diagnose" in done.stdout

    def test_command_diagnoses_a_shipped_case(self, installed: Installed, contents: frozenset[str]) -> None:
        (purelib,) = installed.ask("import sysconfig; print(sysconfig.get_path('purelib'))")
        case = min(name for name in contents if name.startswith("knowledge/base/cases/") and name.endswith(".yaml"))
        done = installed.run(installed.command, "diagnose", Path(purelib, case))
        assert done.returncode in {0, 3}, done.stderr  # 3: a referral, the report is printed all the same
        assert done.stdout.strip()
