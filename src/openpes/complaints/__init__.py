"""What went wrong: from any channel, with an owner and a day, until the person has an answer in words."""
