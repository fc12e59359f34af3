"""What a message type holds, item by item, in one description for every way to show or to publish it."""
