# A bool is an int, for the exit status too.
raise SystemExit(True)
