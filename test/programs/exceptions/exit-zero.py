# SystemExit with code 0 is a normal end.
print("before")
raise SystemExit(0)
