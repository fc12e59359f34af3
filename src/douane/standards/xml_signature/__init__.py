"""XML signatures with a fixed profile: few algorithms, references by position, only what was signed is handed on."""
