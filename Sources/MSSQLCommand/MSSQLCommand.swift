// MSSQLCommand
