"""The command line. Each module here with NAME, HELP, add_arguments(parser) and run(args) is one command.

A command exits 0 (all is well), 1 (the work found problems, and reported all) or 2 (it cannot start: why, and the
mend). Results go to standard output or `--out`, progress to standard error. A command that reads the database sets
NEEDS_DJANGO = True.
"""
