"""XML Schema: written from typed structs and from message layouts, compiled, and used to judge and bind messages."""
