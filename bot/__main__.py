"""The door: ``python -m bot``."""

from bot.verbs import main

if __name__ == "__main__":
    main()
