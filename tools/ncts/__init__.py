"""Parts of the development tool that writes the NCTS message family."""
