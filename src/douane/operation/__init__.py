"""What an operator does with a node beside its running: doctor, backup, restore, release of messages."""
