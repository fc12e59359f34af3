"""Published conditions of NCTS (C....), by what they look at."""
