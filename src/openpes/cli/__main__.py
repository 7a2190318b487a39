"""``openpes COMMAND``: finds the commands of this folder and runs one."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from types import ModuleType

import openpes.cli

FURNITURE = ("NAME", "HELP", "add_arguments", "run")


def command_modules() -> dict[str, str]:
    """Module name of each command, by the name it is called with. A command is called like its file."""
    names = (module.name for module in pkgutil.iter_modules(openpes.cli.__path__) if not module.ispkg)
    return {name.replace("_", "-"): f"openpes.cli.{name}" for name in names if not name.startswith("__")}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    found = command_modules()
    # Only the command that is asked for is imported: `openpes tick` need not load the matching arithmetic.
    asked = next((word for word in given if not word.startswith("-")), None)
    wanted = {asked: found[asked]} if asked in found and given[0] == asked else found
    parser = argparse.ArgumentParser(prog="openpes", description="An open public employment service in a box.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    modules: dict[str, ModuleType] = {}
    for module_name in wanted.values():
        module = importlib.import_module(module_name)
        if not all(hasattr(module, part) for part in FURNITURE):
            continue
        modules[module.NAME] = module
        module.add_arguments(
            commands.add_parser(
                module.NAME,
                help=module.HELP,
                description=module.__doc__,
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
        )
    if not given:
        parser.print_help(sys.stderr)
        return 2
    args = parser.parse_args(given)
    module = modules[args.command]
    if getattr(module, "NEEDS_DJANGO", False):
        _wake_django()
    return _run(module, args)


def _wake_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
    import django

    django.setup()


def _run(module: ModuleType, args: argparse.Namespace) -> int:
    try:
        return int(module.run(args))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if not _is_database_trouble(error):
            raise
        print(
            f"The database cannot be used: {error}. Set it up first with script/run, or look at OPENPES_DATA, "
            "OPENPES_COUNTRY and DATABASE_URL.",
            file=sys.stderr,
        )
        return 2


def _is_database_trouble(error: Exception) -> bool:
    """No table, no file, no server: what is missing is the set-up, and a traceback would not say so."""
    return any(
        kind.__name__ in {"OperationalError", "ProgrammingError"} and kind.__module__ == "django.db.utils"
        for kind in type(error).__mro__
    )


if __name__ == "__main__":
    raise SystemExit(main())
