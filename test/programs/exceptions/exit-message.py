# SystemExit with anything but an int or None: its text goes to standard error, and the status is 1.
print("before")
raise SystemExit(["no", 1.5])
