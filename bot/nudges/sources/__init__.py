"""What is due, from the facts: a file for each kind of fact. All of it in bulk, nothing a row."""
