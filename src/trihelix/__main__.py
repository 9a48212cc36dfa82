"""`python -m trihelix` is the same as `trihelix`."""

from trihelix.cli import main

main()
