"""Print the table of speed: `python -m tests.benchmarks [S1 S4 ...]`."""

import sys

if __name__ == "__main__":
    # Processes that play a campaign import this module too: they are not to wait for Mesa and all else that is measured.
    from tests.benchmarks.table import main

    main(sys.argv[1:])
