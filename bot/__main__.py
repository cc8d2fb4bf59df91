"""The door: ``python -m bot``."""

if __name__ == "__main__":
    # Not above: a process that computes beside this one reads this file, too, and needs nothing of it.
    from bot.verbs import main

    main()
