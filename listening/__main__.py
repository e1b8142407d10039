"""``python -m listening``: one command per deed."""

import sys

if __name__ == "__main__":  # all else is imported below: Ctrl-C ends that quietly too, and workers need none
    try:
        from listening.cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)
