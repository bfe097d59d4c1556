"""The rules that a mall is measured by, as data: editions of instruments, each rule with its source."""
