# Sourced by script/bench and script/soak: runs tests/<kind>/<name>.py with the arguments that follow.
measure() {
  local kind="$1" name="${2:-}" there
  there="$(cd "tests/$kind" 2>/dev/null && ls | sed -n 's/^\([a-z][a-z_]*\)\.py$/\1/p' | tr '\n' ' ')"
  case "$name" in
    "" | -h | --help)
      echo "Usage: script/$kind NAME [arguments]     NAME: ${there:-none yet}" >&2
      [ -n "$name" ] && exit 0 || exit 2
      ;;
  esac
  if [ ! -f "tests/$kind/$name.py" ] || [ "${name#_}" != "$name" ]; then
    echo "There is no $kind called '$name'. Choose one of: ${there:-none yet}" >&2
    exit 2
  fi
  . script/parts/python.sh
  "$PYTHON" script/parts/environment.py test
  shift 2
  PYTHONPATH="$PWD/src:$PWD" exec .venv/bin/python -m "tests.$kind.$name" "$@"
}
