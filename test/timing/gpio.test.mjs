/**
 * The GPIO round trip, in the shape that PyXL published and in shapes that nothing is made for: in all of them the cost
 * is the sum of the instructions in docs/isa.md. A store in cycle c is seen by a pin read in cycle c + 3 or later; a
 * backward branch costs 1 where it is taken and 3 where the loop ends.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCompiler } from '@pysm/compiler/node';
import { createSimulator } from '@pysm/simulator/node';

const compiler = await loadCompiler();

/** INT that main() returns, with the two pins joined. */
async function mainResult(text, from, to) {
  const compilation = compiler.compile('/p/main.py', {
    read: (path) => (path === '/p/main.py' ? text : undefined),
    resolveSibling: () => '/p/none.py',
  });
  assert.deepEqual(compilation.diagnostics, []);
  const linked = compilation.link();
  assert.ok('image' in linked);
  const simulator = await createSimulator();
  await simulator.load(linked.image);
  await simulator.jumper(from, to);
  const stop = await simulator.run({ untilCycle: 100_000 });
  await simulator.dispose();
  assert.equal(stop.kind, 'exited');
  return Number(stop.value.payload);
}

const header = 'from compiler.intrinsics import *\n'.replace(
  '*',
  'pyxl_get_cycle_counter, pyxl_write_gpio_pin1, pyxl_read_gpio_pin2, gpio_read, gpio_write, cycle_counter',
);

/** [what, program, from, to, cycles, and where they come from] */
const shapes = [
  [
    'PyXL’s program',
    `import compiler.intrinsics
def main():
    start = compiler.intrinsics.pyxl_get_cycle_counter()
    compiler.intrinsics.pyxl_write_gpio_pin1(1)
    while compiler.intrinsics.pyxl_read_gpio_pin2() == 0:
        pass
    return compiler.intrinsics.pyxl_get_cycle_counter() - start
`,
    1,
    2,
    7,
    'RDC 1, IOW 1, IOB 1, IOB 1, IOB 3 (seen), RDC',
  ],
  [
    'other pins',
    `${header}def main():
    start = cycle_counter()
    gpio_write(5, True)
    while not gpio_read(6):
        pass
    return cycle_counter() - start
`,
    5,
    6,
    7,
    'the same',
  ],
  [
    'pins beyond the small constants',
    `${header}def main():
    start = cycle_counter()
    gpio_write(20, 1)
    while gpio_read(31) == 0:
        pass
    return cycle_counter() - start
`,
    20,
    31,
    7,
    'RDC 1, IOWI 1, LDI 1 (pin number, before the loop), IOB 1, IOB 3',
  ],
  [
    'waiting for low',
    `${header}def main():
    gpio_write(1, 1)
    while gpio_read(2) != 1:
        pass
    start = cycle_counter()
    gpio_write(1, 0)
    while gpio_read(2):
        pass
    return cycle_counter() - start
`,
    1,
    2,
    7,
    'the same',
  ],
  [
    'while True with a break',
    `${header}def main():
    start = cycle_counter()
    gpio_write(1, 1)
    while True:
        if gpio_read(2) == 1:
            break
    return cycle_counter() - start
`,
    1,
    2,
    7,
    'the test stands at the bottom: the same instructions',
  ],
  [
    'inside a method',
    `${header}class Probe:
    def __init__(self):
        self.trips = 0
    def trip(self):
        start = cycle_counter()
        gpio_write(1, 1)
        while gpio_read(2) == 0:
            pass
        end = cycle_counter()
        self.trips += 1
        return end - start
def main():
    return Probe().trip()
`,
    1,
    2,
    7,
    'the same',
  ],
  [
    'with a counter in the loop',
    `${header}def main():
    n = 0
    start = cycle_counter()
    gpio_write(1, 1)
    while gpio_read(2) == 0:
        n += 1
    return cycle_counter() - start
`,
    1,
    2,
    8,
    'RDC 1, IOW 1, JMP 1, IOB 1, ADD 1, IOB 3: store in cycle 1, reads in cycles 3 and 5',
  ],
  [
    'with the read kept in a variable',
    `${header}def main():
    start = cycle_counter()
    gpio_write(1, 1)
    level = gpio_read(2)
    while level == 0:
        level = gpio_read(2)
    return cycle_counter() - start
`,
    1,
    2,
    9,
    'RDC 1, IOW 1, IOR 1, JMP 1, [BEQ 1, IOR 1] BEQ 3: reads in cycles 2 and 5',
  ],
];

for (const [what, program, from, to, cycles, why] of shapes) {
  test(`GPIO round trip: ${what}: ${cycles} cycles`, async () => {
    assert.equal(await mainResult(program, from, to), cycles, why);
  });
}

test('GPIO round trip through machine.Pin: at most 45 cycles', async () => {
  const program = `${header}from machine import Pin
def main():
    out = Pin(1, Pin.OUT)
    back = Pin(2, Pin.IN)
    start = cycle_counter()
    out.value(1)
    while back.value() == 0:
        pass
    return cycle_counter() - start
`;
  const cycles = await mainResult(program, 1, 2);
  assert.ok(cycles <= 45, `${cycles} cycles`);
});
