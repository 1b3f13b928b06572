"""Single inheritance: override, inherited methods and __init__, three levels, super()."""
class Animal:
    legs = 4
    def __init__(self, name):
        self.name = name
        self.energy = 10
    def speak(self):
        return "..."
    def describe(self):
        print(self.name, "says", self.speak(), "on", self.legs, "legs")
    def eat(self, n=1):
        self.energy += n
        return self.energy

class Dog(Animal):
    def speak(self):
        return "woof"

class Puppy(Dog):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age
    def speak(self):
        return super().speak() + "!"
    def eat(self, n=2):
        return super().eat(n * 2) + self.age

class Bird(Animal):
    legs = 2
    def __init__(self):
        Animal.__init__(self, "bird")
        self.energy = 1

for animal in [Animal("thing"), Dog("rex"), Puppy("bit", 1), Bird()]:
    animal.describe()
    print(animal.eat(), animal.eat(5), animal.energy)
print(Puppy("p", 3).age, Bird().name)
