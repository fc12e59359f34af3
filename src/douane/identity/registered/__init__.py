"""What the register of accounts keeps of persons, asked for over the link of UUM&DS."""
