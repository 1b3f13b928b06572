"""Shifts, and, or, xor on two's complement."""
values = [0, 1, -1, 5, -5, 255, -256, 123456789, -987654321, 4611686018427387904]
for a in values:
    for b in values:
        print(a & b, a | b, a ^ b)
for s in [0, 1, 2, 31, 32, 61]:
    print(1 << s, -1 << s, 4611686018427387903 >> s, -4611686018427387904 >> s)
print(5 >> 63, -5 >> 63, 5 >> 64, -5 >> 64, 5 >> 1000, -5 >> 1000, 0 << 1000)
print(0xff & ~0x0f, 0b1010 ^ 0b0110, 0o17 | 0x100)
crc = 0xffff
for i in range(16):
    crc ^= i << 8
    for k in range(8):
        if crc & 0x8000:
            crc = ((crc << 1) ^ 0x1021) & 0xffff
        else:
            crc = (crc << 1) & 0xffff
    print(crc)
