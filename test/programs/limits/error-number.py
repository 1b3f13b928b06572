"""An OSError with a number becomes an object of the class that belongs to the number in Python."""
print(repr(OSError("text")), OSError())  # -> OSError('text') 
raise OSError(2, "No such file")
# exit: 1
# last-line: NotImplementedError: an OSError with an error number is not supported yet
