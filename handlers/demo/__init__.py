"""What `als demo` plays: the words are made up, the rest is the bot itself."""
