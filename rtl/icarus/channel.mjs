/**
 * The core in Icarus as a channel: requests and answers as src/protocol.ts has them, carried out by pysm_bench.sv in the
 * process of vvp. It runs a thousand or two cycles a second, so of a large memory only the beginning is filled; the rest
 * stays unknown, and a program that reads it shows so.
 */
import { spawn } from 'node:child_process';
import { MEMORY, UNBOUND_WORD } from '@pysm/isa';
import { COMMAND, SPACE } from '@pysm/rtl';

/** Bytes of a word in a request or an answer, of a request's head before its words, of an answer's head. */
const CELL = 16;
const HEAD = 16;
const ANSWER_HEAD = 8;
/** Trace bytes of a record with a beat or two. */
const RECORD_ROOM = 128;
/** Longest time for an answer, ms: a bench that does not answer is in a loop without a cycle. */
const ANSWER_LIMIT = 5 * 60_000;

/** Words at the beginning of each memory that are written even where an image has nothing to say of them; so is the last. */
const FILLED = {
  [SPACE.DATA]: 1600,
  [SPACE.STACK]: 320,
  [SPACE.RETURN_STACK]: 1,
  [SPACE.GLOBALS]: 512,
  [SPACE.DISPATCH_VALUE]: MEMORY.dispatch,
  [SPACE.DISPATCH_KEY]: MEMORY.dispatch,
  [SPACE.VECTORS]: 0,
};
const LAST = {
  [SPACE.DATA]: MEMORY.data - 1,
  [SPACE.GLOBALS]: MEMORY.globals - 1,
};
/** Words of code behind an image's last one that are written: the fetch runs ahead. */
const BEHIND_CODE = 64;
/** Memories of words with a tag. */
const TAGGED = new Set([SPACE.DATA, SPACE.STACK, SPACE.GLOBALS, SPACE.DISPATCH_VALUE]);

/** The word that fills a memory where an image has nothing to say, as a cell. */
function fillingCell(space) {
  const cell = Buffer.alloc(CELL);
  if (!TAGGED.has(space)) return cell;
  cell.writeBigInt64LE(UNBOUND_WORD.payload, 0);
  cell.writeUInt8(UNBOUND_WORD.tag, 8);
  return cell;
}

const hex = (...numbers) => numbers.map((n) => n.toString(16)).join(' ');

/** Bytes that stand in a line with the last one first. Unknown digits, which operands may have, make a tag that is none. */
const bytesOf = (digits) => Buffer.from(digits.replace(/[xz]/gi, 'e'), 'hex').reverse();

export class IcarusChannel {
  #process;
  #text = '';
  #lines = [];
  /** The request under way. */
  #waiting;
  #failure;
  #last = Promise.resolve();
  /** Addresses that hold something else than what fills a memory, by space, and the highest word of code. */
  #written = new Map();
  #codeEnd = 0;
  #tracing = false;
  /** Beats of an instruction whose record is still to come. */
  #beats = [];
  /** Records with their beats, and bytes that the program wrote, since the last run. */
  #trace = [];
  #console = [];

  /** @param {string} program as build.mjs makes it */
  constructor(program) {
    this.#process = spawn('vvp', ['-n', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout.setEncoding('latin1');
    this.#process.stdout.on('data', (text) => this.#take(text));
    this.#process.stdin.on('error', (error) => this.#fail(error));
    this.#process.on('error', (error) => this.#fail(error));
    this.#process.on('exit', (code, signal) => this.#fail(new Error(`Icarus has ended (${signal ?? code})`)));
  }

  #take(text) {
    const lines = (this.#text + text).split('\n');
    this.#text = lines.pop();
    for (const line of lines) {
      if (line !== '.') this.#lines.push(line);
      else this.#waiting?.resolve(this.#lines.splice(0));
    }
  }

  #fail(error) {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
  }

  /** Sends a line and gives those of its answer. */
  async #ask(line) {
    if (this.#failure) throw this.#failure;
    const answer = new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    const late = setTimeout(() => {
      this.#process.kill('SIGKILL');
      this.#fail(new Error('Icarus does not answer: the Verilog is in a loop that takes no time'));
    }, ANSWER_LIMIT);
    try {
      this.#process.stdin.write(`${line}\n`);
      const lines = await answer;
      const unknown = lines.filter((l) => l.startsWith('x'));
      if (unknown.length > 0) {
        throw new Error(`unknown (X) in Icarus: ${unknown[0].slice(2)}, and ${unknown.length - 1} times after that`);
      }
      return lines.filter((l) => !this.#took(l));
    } finally {
      clearTimeout(late);
      this.#waiting = undefined;
    }
  }

  /** Keeps what the core retires and writes, which it may do in any command. Returns whether the line was of that kind. */
  #took(line) {
    const rest = line.slice(1);
    if (line[0] === 'b') this.#beats.push(bytesOf(rest));
    else if (line[0] === 'r') {
      const record = bytesOf(rest);
      record.writeUInt16LE(this.#beats.length, 2);
      this.#trace.push(record, ...this.#beats.splice(0));
    } else if (line[0] === 'c') this.#console.push(Number.parseInt(rest, 16));
    else return false;
    return true;
  }

  exchange(request) {
    const answer = this.#last.then(() => this.#carryOut(Buffer.from(request)));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #carryOut(request) {
    const number = (i) => request.readUInt32LE(4 * i);
    switch (number(0)) {
      case COMMAND.RESET:
        await this.#ask('Z');
        this.#beats = [];
        this.#trace = [];
        this.#console = [];
        return Buffer.alloc(ANSWER_HEAD);
      case COMMAND.READ:
        return this.#read(number(1), number(2), number(3));
      case COMMAND.WRITE:
        return this.#write(number(1), number(2), request.subarray(HEAD));
      case COMMAND.FILL: {
        const cells = Buffer.concat(Array(number(3)).fill(request.subarray(HEAD, HEAD + CELL)));
        return this.#write(number(1), number(2), cells);
      }
      case COMMAND.CONTROL:
        await this.#ask(`C ${hex(number(1), number(2))}`);
        return Buffer.alloc(ANSWER_HEAD);
      case COMMAND.MODE:
        this.#tracing = (number(1) & 1) !== 0;
        await this.#ask(`M ${hex((number(1) & 1) | ((number(1) & 4) >> 1))}`);
        return Buffer.alloc(ANSWER_HEAD);
      case COMMAND.RUN:
        return this.#run(request.readBigUInt64LE(4), number(3));
      case COMMAND.DRIVE:
        await this.#ask(`D ${hex(number(1), number(2))}`);
        return Buffer.alloc(ANSWER_HEAD);
      case COMMAND.WIRE:
        await this.#ask(`J ${hex(number(1), number(2))}`);
        return Buffer.alloc(ANSWER_HEAD);
      case COMMAND.INPUT:
        for (const byte of request.subarray(8, 8 + number(1))) await this.#ask(`I ${hex(byte)}`);
        return Buffer.alloc(ANSWER_HEAD);
      case COMMAND.PINS: {
        const [line] = await this.#ask('P');
        const answer = Buffer.alloc(ANSWER_HEAD + 4);
        answer.writeUInt32LE(Number.parseInt(line.slice(1), 16), ANSWER_HEAD);
        return answer;
      }
      default:
        throw new Error(`Icarus has no command ${number(0)}`);
    }
  }

  async #read(space, address, count) {
    const lines = await this.#ask(`R ${hex(space, address, count)}`);
    const answer = Buffer.alloc(ANSWER_HEAD + CELL * count);
    lines.forEach((line, i) => {
      const at = ANSWER_HEAD + CELL * i;
      if (!/[xz]/.test(line)) bytesOf(line.slice(1)).copy(answer, at);
      else if (this.#isFilling(space, address + i)) fillingCell(space).copy(answer, at);
      else throw new Error(`word ${address + i} of debug space ${space} is unknown: ${line.slice(1)}`);
    });
    return answer;
  }

  /** Whether a word was left out because it only fills a memory. */
  #isFilling(space, address) {
    const filled = space === SPACE.CODE ? this.#codeEnd + BEHIND_CODE : (FILLED[space] ?? Number.POSITIVE_INFINITY);
    return address >= filled && address !== LAST[space] && !this.#written.get(space)?.has(address);
  }

  /** Whether a word must be written; takes note of those that do more than fill. */
  #matters(space, address, cell) {
    if (cell.equals(fillingCell(space))) return !this.#isFilling(space, address);
    if (!this.#written.has(space)) this.#written.set(space, new Set());
    this.#written.get(space).add(address);
    if (space === SPACE.CODE) this.#codeEnd = Math.max(this.#codeEnd, address + 1);
    return true;
  }

  async #write(space, from, cells) {
    let run = [];
    const flush = async (end) => {
      if (run.length > 0) await this.#ask(`W ${hex(space, end - run.length, run.length)} ${run.join(' ')}`);
      run = [];
    };
    const count = cells.length / CELL;
    for (let i = 0; i < count; i++) {
      const cell = cells.subarray(i * CELL, (i + 1) * CELL);
      if (!this.#matters(space, from + i, cell)) {
        await flush(from + i);
        continue;
      }
      run.push(Buffer.from(cell.subarray(0, 9)).reverse().toString('hex'));
    }
    await flush(from + count);
    return Buffer.alloc(ANSWER_HEAD);
  }

  async #run(ticks, traceLimit) {
    const limit = this.#tracing ? Math.max(1, Math.floor(traceLimit / RECORD_ROOM)) : 0x7fffffff;
    const [line] = await this.#ask(`G ${hex(ticks, limit)}`);
    return runAnswer(line.slice(1).trim().split(' '), this.#console.splice(0), Buffer.concat(this.#trace.splice(0)));
  }

  close() {
    this.#failure ??= new Error('Icarus was closed');
    this.#process.stdin.end();
    this.#process.kill();
  }
}

/** The answer to a run: see harness/protocol.h. */
function runAnswer([end, ticks, clocks], console, trace) {
  const head = Buffer.alloc(ANSWER_HEAD + 32);
  head.writeUInt32LE(Number.parseInt(end, 16), 8);
  head.writeUInt32LE(console.length, 12);
  head.writeBigUInt64LE(BigInt(`0x${ticks}`), 16);
  head.writeBigUInt64LE(BigInt(`0x${clocks}`), 24);
  head.writeUInt32LE(trace.length, 32);
  const written = Buffer.alloc((2 * console.length + 7) & ~7);
  console.forEach((entry, i) => {
    written.writeUInt16LE(entry, 2 * i);
  });
  return Buffer.concat([head, written, trace]);
}
