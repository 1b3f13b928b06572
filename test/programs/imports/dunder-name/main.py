"""__name__ tells the main module from an imported one."""
import tool
print(__name__, tool.NAME)
if __name__ == "__main__":
    print("as main")
