"""Private names: in a class, __name stands for _Class__name, so that classes that derive from each other do not collide."""


class Base:
    __kind = "base"

    def __init__(self):
        self.__value = 1

    def get(self):
        return self.__value, self.__kind, self.__twice(4)

    def __twice(self, x):
        return 2 * x


class _Derived(Base):
    __kind = "derived"

    def __init__(self, __extra=3):
        super().__init__()
        self.__value = 2
        self.extra = __extra

    def own(self):
        __sum = self.__value + self.extra
        return __sum, self.__kind, self.__twice(4)

    def __twice(self, x):
        return -x


d = _Derived()
print(d.get(), d.own())
print(d._Base__value, d._Derived__value, d._Base__kind, _Derived._Derived__kind, d._Base__twice(1), d._Derived__twice(1))
