/** Cases of I/O, waiting and interrupts, and of the control registers. */
import { CSR, IO, MEMORY, SIZE_CLASSES, SPECIFIER, STACK_RESERVE } from '@pysm/isa';
import { func, word } from '../words.mjs';
import { INT, TRUE } from './common.mjs';

/** The pin falls when the timer's interrupt comes, later than WAITP looks. */
function waitForTimer(image) {
  const over = image.emit('JMP', { target: 0 });
  const handler = image.pc;
  image.emit('IOWI', { imm: IO.PIN + 4, a: SPECIFIER.FALSE });
  image.emit('RET', { a: SPECIFIER.NONE });
  image.patch(over, 'JMP', { target: image.pc });
  image.push(func(handler, 0, 0, 0));
  image.emit('CSRW', { k: CSR.IVEC, d: SPECIFIER.STACK });
  image.emit('IOWI', { imm: IO.PIN + 4, a: SPECIFIER.TRUE });
  image.emit('IOWI', { imm: IO.IRQ_ENABLE, a: SPECIFIER.ZERO + 1 });
  image.emit('RDC', { d: SPECIFIER.STACK });
  image.emit('ADDI', { d: SPECIFIER.STACK, a: SPECIFIER.STACK, imm: 100 });
  image.emit('IOWI', { imm: IO.TIMER_COMPARE, a: SPECIFIER.STACK });
  image.emit('IOWI', { imm: IO.TIMER_ENABLE, a: SPECIFIER.TRUE });
  image.emit('IEN', { k: 1 });
}

/** @type {import('../cases.mjs').Listed} */
export const DEVICES = {
  *CSRR() {
    const arrays = [...SIZE_CLASSES.map((_, i) => CSR.FREE + i), ...Array(8).keys()].map((k, i) =>
      i < 16 ? k : CSR.IVEC + k,
    );
    for (const k of [...Array(8).keys(), ...arrays, ...Array.from({ length: 32 }, (_, i) => CSR.TROW + i)]) {
      yield { mnemonic: 'CSRR', fields: { k } };
    }
  },
  *CSRW() {
    const writes = [
      [CSR.SLIM, MEMORY.stack],
      [CSR.SLIM, MEMORY.stack - STACK_RESERVE],
      [CSR.RLIM, MEMORY.returnStack],
      [CSR.RLIM, 1000],
      [CSR.HTOP, 700],
      [CSR.HLIM, MEMORY.data],
      [CSR.IE, 2],
      [CSR.HPEAK, 12],
      [CSR.FREE + 3, 0],
      [CSR.TROW + 31, 0x12345],
      [CSR.IVEC + 7, 0],
    ];
    for (const [k, value] of writes) yield { mnemonic: 'CSRW', fields: { k }, sources: { a: INT(value) } };
  },
  *IOW({ words }) {
    for (const a of [
      IO.PIN + 3,
      IO.PIN_DIRECTION + 3,
      IO.PIN_PULL + 9,
      IO.UART_TX,
      IO.UART_STATUS,
      IO.CONSOLE_ERR,
      IO.TIMER_COMPARE,
      IO.TIMER_PERIOD,
      IO.IRQ_PENDING,
      IO.IRQ_PINS,
      IO.TIME_US,
    ]) {
      for (const b of words) yield { mnemonic: 'IOW', sources: { a: INT(a), b }, raises: true };
      for (const b of [INT(0), TRUE]) yield { mnemonic: 'IOW', sources: { a: word('RAW', a), b } };
    }
  },
  *IOWI({ words }) {
    for (const imm of [IO.PIN + 2, IO.PIN_DIRECTION + 2, IO.PIN_PULL + 8, IO.UART_TX, IO.CONSOLE_ERR]) {
      for (const a of words) yield { mnemonic: 'IOWI', fields: { imm }, sources: { a }, raises: true };
    }
  },
  *IOR() {
    for (const a of Object.values(IO))
      for (const tag of ['INT', 'RAW']) yield { mnemonic: 'IOR', sources: { a: word(tag, a) } };
    for (let pin = 0; pin < 96; pin += 5) yield { mnemonic: 'IOR', sources: { a: INT(pin) } };
  },
  *IORI() {
    for (const imm of Object.values(IO)) yield { mnemonic: 'IORI', fields: { imm } };
  },
  *IOB() {
    for (const pin of [0, 2, 3, 31])
      for (const value of [INT(0), INT(1), TRUE, INT(2)]) yield { mnemonic: 'IOB', sources: { pin: INT(pin), value } };
  },
  *WAITP() {
    const drive = (level) => (image) => {
      image.emit('IOWI', { imm: IO.PIN_DIRECTION + 4, a: SPECIFIER.TRUE });
      image.emit('IOWI', { imm: IO.PIN + 4, a: level ? SPECIFIER.TRUE : SPECIFIER.FALSE });
    };
    for (const level of [1, 0, 1]) {
      for (const pin of [INT(4), word('RAW', 4)])
        yield { mnemonic: 'WAITP', sources: { pin, value: INT(level) }, before: drive(level) };
    }
    // A byte on the line of the UART takes longer than 32 cycles; a pin that never comes: the timer's interrupt ends it.
    yield { mnemonic: 'WAITP', sources: { pin: INT(4), value: INT(0) }, before: (image) => waitForTimer(image) };
  },
  RDC: () => [{ mnemonic: 'RDC' }, { mnemonic: 'RDC' }, { mnemonic: 'RDC' }],
  *IEN() {
    for (const k of [0, 1, 0]) yield { mnemonic: 'IEN', fields: { k } };
  },
};
