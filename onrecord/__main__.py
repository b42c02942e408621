"""``python -m onrecord``: the command."""

from .cli import main

main()
