class Account:
    def __init__(self, balance):
        self.balance = balance

    def draw(self, amount):
        rest = self.balance - amount
        if rest < 0:
            raise ValueError("not enough")
        self.balance = rest
        return rest


def spend(account, step):
    spent = 0
    while True:
        account.draw(step)
        spent += step


spend(Account(25), 10)
