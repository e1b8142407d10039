"""``python -m listening.sample``: builds the sample's store if it is absent or out of date."""

import sys
import time

from listening.errors import ListeningError
from listening.sample.making import HOME, ensure


def main() -> int:
    """Build if needed; one line says what was done."""
    begun = time.monotonic()
    try:
        path, made = ensure(HOME)
    except ListeningError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    took = time.monotonic() - begun
    done = f"Built the sample area in {took:.0f} seconds" if made else "The sample area is up to date"
    print(f"{done}: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
