#!/usr/bin/env python3
"""Runs clients that others wrote against `mssql serve`, or against any server.

Usage: run.py PATH-TO-MSSQL [CLIENT...]
       run.py mssql://user:password@host:port/database [CLIENT...]

A client that cannot be installed is skipped with the reason. One that is there and disagrees fails the run.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

FOLDER = pathlib.Path(__file__).resolve().parent
VENV = FOLDER.parent.parent / ".venv-clients"
PYTHON = VENV / "bin" / "python"

# The name, the module it is imported by (None for a program), and the script with its arguments.
CLIENTS = [
    ("tsql", None, ["client_freetds.py", "tsql"]),
    ("bsqldb", None, ["client_freetds.py", "bsqldb"]),
    ("freebcp", None, ["client_freetds.py", "freebcp"]),
    ("pymssql", "pymssql", ["client_pymssql.py"]),
    ("python-tds", "pytds", ["client_python_tds.py"]),
    ("mssql-python", "mssql_python", ["client_mssql_python.py"]),
]

# Only where everything is encrypted: TLS first (TDS 8.0), which of these clients Microsoft's driver alone can do.
STRICT_CLIENTS = [("mssql-python", "mssql_python", ["client_mssql_python.py", "strict"])]


# What a client needs besides itself, to be installed with it.
REQUIREMENTS = {"python-tds": ["pyOpenSSL"]}


class Server:
    """A `mssql serve` of our own, which ends when the block does."""

    def __init__(self, program, *options):
        self.program = program
        self.options = options

    def __enter__(self):
        self.log = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", "0", *self.options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log,
            text=True)
        lines = []
        reader = threading.Thread(target=lambda: lines.append(self.process.stdout.readline().strip()), daemon=True)
        reader.start()
        reader.join(30)
        if not lines or not lines[0]:
            self.stop()
            self.log.seek(0)
            sys.exit(f"clients: mssql serve printed no URL\n{self.log.read()}")
        # Nobody may fill the pipe: what the server prints later is read and dropped.
        threading.Thread(target=lambda: [None for _ in self.process.stdout], daemon=True).start()
        return lines[0]

    def __exit__(self, *_):
        if self.process.poll() is not None:
            print(f"clients: the server ended by itself with {self.process.returncode}")
        self.stop()
        self.log.seek(0)
        sys.stdout.write(self.log.read()[-4000:])

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def environment(url):
    parts = urllib.parse.urlsplit(url)
    authority = urllib.parse.parse_qs(parts.query).get("caFile", [""])[0]
    return dict(
        os.environ, MSSQL_HOST=parts.hostname or "", MSSQL_PORT=str(parts.port or 1433),
        MSSQL_CA_FILE=authority, **({"SSL_CERT_FILE": authority} if authority else {}),
        MSSQL_USER=urllib.parse.unquote(parts.username or ""),
        MSSQL_PASSWORD=urllib.parse.unquote(parts.password or ""),
        MSSQL_DATABASE=urllib.parse.unquote(parts.path.strip("/")) or "master", PYTHONUTF8="1", PYTHONDONTWRITEBYTECODE="1")


def quietly(command, timeout):
    """Why the command failed, in one line; None when it did not."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if result.returncode == 0:
        return None
    lines = (result.stderr or result.stdout).strip().splitlines()
    return lines[-1] if lines else f"{command[0]} ended with {result.returncode}"


def reason_to_skip(name, module):
    """Installs the client when it is missing; why that failed, or None."""
    if module is None:
        return None if shutil.which(name) else "it is not in the PATH; apt-get install freetds-bin"
    if not PYTHON.exists():
        reason = quietly([sys.executable, "-m", "venv", str(VENV)], 120)
        if reason:
            return f"no virtual environment: {reason}"
    # The metadata tells whether it was installed: one that is there and does not load is a failure, not a skip.
    packages = [name, *REQUIREMENTS.get(name, [])]
    if quietly([str(PYTHON), "-c", f"import importlib.metadata as m; [m.version(n) for n in {packages}]"], 60) is None:
        return None
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *packages]
    reason = quietly(pip, 300)
    return f"pip could not install it: {reason}" if reason else None


def run_client(name, script, variables):
    python = str(PYTHON) if PYTHON.exists() else sys.executable
    try:
        result = subprocess.run([python, str(FOLDER / script[0]), *script[1:]], env=variables, timeout=180)
        return result.returncode == 0
    except subprocess.TimeoutExpired:
        print(f"  {name} did not end within 180 seconds")
        return False


def run_all(url, chosen, clients=CLIENTS):
    passed, failed, skipped = [], [], []
    for name, module, script in clients:
        if chosen and name not in chosen:
            continue
        reason = reason_to_skip(name, module)
        if reason:
            print(f"{name}: skipped: {reason}", flush=True)
            skipped.append(name)
            continue
        print(f"{name}:", flush=True)
        is_right = run_client(name, script, environment(url))
        print(f"{name}: {'passed' if is_right else 'FAILED'}", flush=True)
        (passed if is_right else failed).append(name)
    return passed, failed, skipped


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    target, chosen = sys.argv[1], sys.argv[2:]
    if "://" in target:
        passed, failed, skipped = run_all(target, chosen)
    else:
        with Server(target) as url:
            passed, failed, skipped = run_all(url, chosen)
        # freebcp has no check of its own for a connection: it is db-lib, as bsqldb is.
        with Server(target, "--tls") as url:
            print("with encryption required:", flush=True)
            secure = [name for name, _, _ in CLIENTS if name != "freebcp" and (not chosen or name in chosen)]
            results = run_all(url, secure) if secure else ([], [], [])
            print("with TLS first (TDS 8.0):", flush=True)
            strict = run_all(url, chosen, STRICT_CLIENTS)
        passed, failed, skipped = (a + b + c for a, b, c in zip((passed, failed, skipped), results, strict))
    print(f"clients: {len(passed)} passed, {len(failed)} failed, {len(skipped)} skipped", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
