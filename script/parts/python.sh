# Sourced by the scripts: finds a Python that is new enough and leaves its name in PYTHON, or says what to install.
find_python() {
  local name
  for name in "${OPENPES_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      PYTHON="$(command -v "$name")"
      return 0
    fi
  done
  local found
  found="$(python3 --version 2>/dev/null || echo "no Python at all")"
  echo "openpes needs Python 3.11 or newer, and here is $found. Install it: sudo apt install python3.11 python3.11-venv" >&2
  return 1
}
find_python || exit 2
export PYTHON PYTHONUTF8=1
