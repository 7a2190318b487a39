"""`openpes django ARGUMENTS`: the framework's own commands, with the service's settings."""

from __future__ import annotations

import argparse
import os

NAME = "django"
HELP = "the framework's own commands (migrate, makemigrations, shell …)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whatever follows is handed on."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    """Hand the arguments on."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
    execute_from_command_line(["openpes", *args.arguments])
    return 0
