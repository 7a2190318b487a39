"""What a person likes, what matters to them, and kinds of work that go with it."""
