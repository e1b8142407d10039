"""``python -m listening``: one command per deed."""

from listening.cli import main

if __name__ == "__main__":
    main()
