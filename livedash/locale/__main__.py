"""`python -m livedash.locale` brings the catalogues up to the phrases in the source. It changes nothing else."""
from __future__ import annotations

import sys

from livedash.locale.messages import main

if __name__ == "__main__":
    sys.exit(main())
