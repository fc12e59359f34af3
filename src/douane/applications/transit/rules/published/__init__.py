"""Published rules of NCTS (R....), by what they look at."""
