"""Starts the command line: `python -m core`. Decides nothing."""

import sys

from core.command.main import main

sys.exit(main(sys.argv[1:]))
