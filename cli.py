"""Front door of a checkout: the same program as the `graphkit` command."""

from graphkit.commands import main

if __name__ == "__main__":
    main()
