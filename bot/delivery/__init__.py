"""What carries: updates in, notices out, each kept before it moves."""
