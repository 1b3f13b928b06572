# The entry file is imported by a module that it imports: Python runs it a second time, as a module of that name.
import other

print('running', __name__)
count = 1


class Mark:
    value = 5


def add(n):
    global count
    count += n
    return count


if __name__ == '__main__':
    print(add(10), other.add_there(100), count)
    print(other.same(Mark), Mark().value, other.mark().value)
