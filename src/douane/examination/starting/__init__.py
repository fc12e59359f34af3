"""What every start goes through: settings that contradict each other, rights on files, identity, the store's form."""
