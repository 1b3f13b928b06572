import worker
print("imported")
print(worker.run(3))
print(worker.run(0))
