"""`python -m parley.annotate.registry` checks the registry that ships."""

import sys

from parley.annotate.registry import main

sys.exit(main())
