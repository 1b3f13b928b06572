/**
 * Random programs in the supported subset, from a list of numbers that stands for the choices made while writing one.
 * Choice 0 is always the simplest, and a list that has run out goes on with 0: a shorter list of smaller numbers is a
 * simpler program, which is how a failing one shrinks.
 *
 * Programs are typed while they are written (int, float, bool, list of int, object), so that most run to their end; a
 * few divide by zero or leave a list's range, which is to be the same exception on both sides. Loops are bounded.
 */

const INT_LITERALS = ['0', '1', '2', '-1', '3', '7', '10', '255', '-13', '1000', '65537', '-99999', '2147483647'];
const WIDE_LITERALS = ['4294967296', '-2147483648', '1000000007', '4611686018427387904', '9223372036854775807'];
const FLOAT_LITERALS = ['0.0', '1.0', '0.5', '-2.25', '3.75', '0.1', '100.0', '1e10', '-1e-3', '2.5e15', '1e300'];
const ARITHMETIC = ['+', '-', '*', '//', '%', '&', '|', '^', '<<', '>>'];
const FLOAT_ARITHMETIC = ['+', '-', '*', '/', '//', '%'];
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>='];

/** Deepest expression and deepest nesting of blocks. */
const EXPRESSION_DEPTH = 3;
const BLOCK_DEPTH = 3;

class Writer {
  #choices;
  #position = 0;
  #lines = [];
  #indent = 0;
  #loops = 0;
  #counter = 0;
  /** Functions that may be called: name and number of int parameters. */
  #functions = [];
  #classes = [];
  /** Variables in scope by type. */
  scope = { int: [], float: [], bool: [], list: [], object: [] };

  constructor(choices) {
    this.#choices = choices;
  }

  /** A number below `count`. */
  choose(count) {
    return (this.#choices[this.#position++] ?? 0) % count;
  }

  pick(items) {
    return items[this.choose(items.length)];
  }

  /** True once the choices have run out: nothing new is begun then. */
  get exhausted() {
    return this.#position >= this.#choices.length;
  }

  line(text) {
    this.#lines.push('    '.repeat(this.#indent) + text);
  }

  fresh(prefix) {
    return `${prefix}${this.#counter++}`;
  }

  block(header, body) {
    this.line(header);
    this.#indent++;
    const before = this.#lines.length;
    body();
    if (this.#lines.length === before) this.line('pass');
    this.#indent--;
  }

  int(depth = 0) {
    const leaf = () => {
      const known = this.scope.int;
      if (known.length > 0 && this.choose(3) > 0) return this.pick(known);
      return this.choose(12) === 11 ? this.pick(WIDE_LITERALS) : this.pick(INT_LITERALS);
    };
    if (depth >= EXPRESSION_DEPTH) return leaf();
    switch (this.choose(12)) {
      case 1:
      case 2:
      case 3: {
        const operator = this.pick(ARITHMETIC);
        const left = this.int(depth + 1);
        const right = this.int(depth + 1);
        if (operator === '//' || operator === '%') {
          return this.choose(12) === 11 ? `(${left} ${operator} ${right})` : `(${left} ${operator} (${right} or 3))`;
        }
        // Shift counts stay small: a negative one is a ValueError, a large one nearly always an overflow.
        if (operator === '<<') return `(${left} << (${right} & 7))`;
        if (operator === '>>') return `(${left} >> (${right} & 63))`;
        return `(${left} ${operator} ${right})`;
      }
      case 4:
        return `(${this.pick(['-', '~', '+'])}${this.int(depth + 1)})`;
      case 5:
        return `(${this.int(depth + 1)} if ${this.bool(depth + 1)} else ${this.int(depth + 1)})`;
      case 6: {
        if (this.scope.list.length === 0) return leaf();
        const list = this.pick(this.scope.list);
        return this.choose(10) === 9
          ? `${list}[${this.int(depth + 1)}]`
          : `${list}[${this.int(depth + 1)} % len(${list})]`;
      }
      case 7:
        return this.scope.list.length === 0 ? leaf() : `len(${this.pick(this.scope.list)})`;
      case 8: {
        if (this.#functions.length === 0) return leaf();
        const { name, parameters, defaults } = this.pick(this.#functions);
        const given = parameters - this.choose(defaults + 1);
        return `${name}(${Array.from({ length: given }, () => this.int(depth + 1)).join(', ')})`;
      }
      case 9:
        return this.scope.object.length === 0 ? leaf() : `${this.pick(this.scope.object)}.${this.pick(['x', 'y'])}`;
      case 10:
        return this.scope.object.length === 0 ? leaf() : `${this.pick(this.scope.object)}.mix(${this.int(depth + 1)})`;
      case 11:
        return `(${this.int(depth + 1)} ${this.pick(['or', 'and'])} ${this.int(depth + 1)})`;
      default:
        return leaf();
    }
  }

  float(depth = 0) {
    const leaf = () => {
      const known = this.scope.float;
      return known.length > 0 && this.choose(3) > 0 ? this.pick(known) : this.pick(FLOAT_LITERALS);
    };
    if (depth >= EXPRESSION_DEPTH) return leaf();
    switch (this.choose(7)) {
      case 1:
      case 2: {
        const operator = this.pick(FLOAT_ARITHMETIC);
        const left = this.float(depth + 1);
        const right = this.choose(3) === 2 ? this.int(depth + 1) : this.float(depth + 1);
        return '+-*'.includes(operator) ? `(${left} ${operator} ${right})` : `(${left} ${operator} (${right} or 0.75))`;
      }
      case 3:
        return `(${this.int(depth + 1)} / (${this.int(depth + 1)} or 7))`;
      case 4:
        return `(-${this.float(depth + 1)})`;
      case 5:
        return `float(${this.int(depth + 1)})`;
      case 6:
        return `(${this.float(depth + 1)} if ${this.bool(depth + 1)} else ${this.float(depth + 1)})`;
      default:
        return leaf();
    }
  }

  bool(depth = 0) {
    const leaf = () => {
      const known = this.scope.bool;
      return known.length > 0 && this.choose(3) > 0 ? this.pick(known) : this.pick(['False', 'True']);
    };
    if (depth >= EXPRESSION_DEPTH) return leaf();
    switch (this.choose(8)) {
      case 1:
      case 2:
        return `(${this.int(depth + 1)} ${this.pick(COMPARISONS)} ${this.int(depth + 1)})`;
      case 3:
        return `(${this.float(depth + 1)} ${this.pick(COMPARISONS)} ${this.pick([0, 1]) ? this.int(depth + 1) : this.float(depth + 1)})`;
      case 4: {
        const [a, b] = [this.pick(COMPARISONS), this.pick(COMPARISONS)];
        return `(${this.int(depth + 1)} ${a} ${this.int(depth + 1)} ${b} ${this.int(depth + 1)})`;
      }
      case 5:
        return `(not ${this.bool(depth + 1)})`;
      case 6:
        return `(${this.bool(depth + 1)} ${this.pick(['and', 'or'])} ${this.bool(depth + 1)})`;
      case 7:
        return this.scope.list.length === 0 ? leaf() : `(${this.int(depth + 1)} in ${this.pick(this.scope.list)})`;
      default:
        return leaf();
    }
  }

  /** A value that print() can show, of any type. */
  value() {
    switch (this.choose(6)) {
      case 1:
        return this.float();
      case 2:
        return this.bool();
      case 3:
        return this.scope.list.length === 0 ? this.int() : this.pick(this.scope.list);
      case 4:
        return `(${this.int(1)}, ${this.float(1)}, ${this.bool(1)})`;
      case 5:
        return `[${this.int(1)}, ${this.bool(1)}]`;
      default:
        return this.int();
    }
  }

  /** Runs `body` in a scope of its own, which ends with it. */
  scoped(body) {
    const outer = this.scope;
    this.scope = Object.fromEntries(Object.entries(outer).map(([type, names]) => [type, [...names]]));
    body();
    this.scope = outer;
  }

  assign(type, expression) {
    const known = this.scope[type];
    const name = known.length > 0 && this.choose(2) === 1 ? this.pick(known) : this.fresh(type[0]);
    this.line(`${name} = ${expression}`);
    if (!known.includes(name)) known.push(name);
  }

  statement(depth) {
    switch (this.choose(16)) {
      case 1:
        return this.assign('int', this.int());
      case 2:
        return this.assign('float', this.float());
      case 3:
        return this.assign('bool', this.bool());
      case 4: {
        const items = Array.from({ length: 1 + this.choose(4) }, () => this.int(1));
        return this.assign('list', `[${items.join(', ')}]`);
      }
      case 5: {
        if (this.scope.int.length === 0) return this.assign('int', this.int());
        const operator = this.pick(['+', '-', '*', '&', '|', '^']);
        return this.line(`${this.pick(this.scope.int)} ${operator}= ${this.int(1)}`);
      }
      case 6: {
        if (this.scope.list.length === 0) return this.assign('list', '[0]');
        const list = this.pick(this.scope.list);
        return this.line(`${list}.append(${this.int(1)})`);
      }
      case 7: {
        if (this.scope.list.length === 0) return this.assign('list', '[1, 2]');
        const list = this.pick(this.scope.list);
        return this.line(`${list}[${this.int(2)} % len(${list})] ${this.pick(['', '+', '-', '^'])}= ${this.int(1)}`);
      }
      case 8: {
        const [a, b] = [this.fresh('i'), this.fresh('i')];
        this.line(`${a}, ${b} = ${this.int(1)}, ${this.int(1)}`);
        this.line(`${a}, ${b} = ${b}, ${a}`);
        this.scope.int.push(a, b);
        return undefined;
      }
      case 9:
        return this.branch(depth);
      case 10:
      case 11:
        return this.forLoop(depth);
      case 12:
        return this.whileLoop(depth);
      case 13: {
        if (this.#classes.length === 0) return this.assign('int', this.int());
        return this.assign('object', `${this.pick(this.#classes)}(${this.int(1)}, ${this.int(1)})`);
      }
      case 14: {
        if (this.scope.object.length === 0) return this.assign('float', this.float());
        const target = `${this.pick(this.scope.object)}.${this.pick(['x', 'y'])}`;
        return this.line(`${target} ${this.pick(['', '+', '^'])}= ${this.int(1)}`);
      }
      default:
        return this.line(`print(${this.value()}, ${this.value()})`);
    }
  }

  body(depth, most) {
    const count = 1 + this.choose(most);
    for (let i = 0; i < count && !this.exhausted; i++) this.statement(depth);
  }

  branch(depth) {
    if (depth >= BLOCK_DEPTH) return;
    const inner = () => this.scoped(() => this.body(depth + 1, 3));
    this.block(`if ${this.bool()}:`, inner);
    if (this.choose(3) === 2) this.block(`elif ${this.int()}:`, inner);
    if (this.choose(2) === 1) this.block('else:', inner);
  }

  forLoop(depth) {
    if (depth >= BLOCK_DEPTH || this.#loops >= 2) return;
    const name = this.fresh('i');
    const overList = this.scope.list.length > 0 && this.choose(3) === 2;
    const step = this.pick(['', ', 2', ', -1', ', 3']);
    const range = step === '' ? `range(${this.choose(6)})` : `range(${this.choose(9)}, ${this.choose(9)}${step})`;
    // The list is copied: one that grows while it is iterated need not end.
    const source = overList ? `${this.pick(this.scope.list)} + []` : range;
    this.#loops++;
    this.block(`for ${name} in ${source}:`, () =>
      this.scoped(() => {
        this.scope.int.push(name);
        this.body(depth + 1, 4);
        if (this.choose(4) === 3) this.line(`if ${this.bool(1)}: ${this.pick(['break', 'continue'])}`);
        this.line(`print(${name})`);
      }),
    );
    this.#loops--;
    if (this.choose(4) === 3) this.block('else:', () => this.line(`print(${this.int(2)})`));
  }

  whileLoop(depth) {
    if (depth >= BLOCK_DEPTH || this.#loops >= 2) return;
    const name = this.fresh('n');
    this.line(`${name} = ${1 + this.choose(6)}`);
    this.#loops++;
    this.block(`while ${name} > 0${this.choose(3) === 2 ? ` and ${this.bool(1)}` : ''}:`, () =>
      this.scoped(() => {
        this.line(`${name} -= 1`);
        this.scope.int.push(name);
        // The body may read the counter; a write to it would unbind the loop.
        this.scope.int = this.scope.int.filter((known) => known !== name);
        this.body(depth + 1, 4);
        if (this.choose(5) === 4) this.line(`if ${this.bool(1)}: break`);
      }),
    );
    this.#loops--;
  }

  define() {
    const parameters = 1 + this.choose(3);
    const defaults = this.choose(Math.min(2, parameters) + 1);
    const names = Array.from({ length: parameters }, (_, i) => `p${i}`);
    const header = names.map((name, i) => (i >= parameters - defaults ? `${name}=${this.pick(INT_LITERALS)}` : name));
    const name = this.fresh('f');
    this.block(`def ${name}(${header.join(', ')}):`, () => {
      const outer = this.scope;
      this.scope = { int: names, float: [], bool: [], list: [], object: [] };
      this.body(1, 4);
      if (this.choose(3) === 2) this.block(`if ${this.bool(1)}:`, () => this.line(`return ${this.int(1)}`));
      this.line(`return ${this.int(1)}`);
      this.scope = outer;
    });
    this.#functions.push({ name, parameters, defaults });
  }

  defineClass() {
    const name = this.fresh('C');
    const base = this.#classes.length > 0 && this.choose(2) === 1 ? this.pick(this.#classes) : undefined;
    this.block(`class ${name}${base ? `(${base})` : ''}:`, () => {
      const outer = this.scope;
      if (!base || this.choose(2) === 1) {
        this.block('def __init__(self, a, b):', () => {
          this.scope = { int: ['a', 'b'], float: [], bool: [], list: [], object: [] };
          if (base && this.choose(2) === 1) this.line('super().__init__(b, a)');
          this.line(`self.x = ${this.int(1)}`);
          this.line(`self.y = ${this.int(1)}`);
        });
      }
      if (!base || this.choose(2) === 1) {
        this.block('def mix(self, k):', () => {
          this.scope = { int: ['k', 'self.x', 'self.y'], float: [], bool: [], list: [], object: [] };
          this.line(`self.x ${this.pick(['+', '^', '-'])}= k`);
          this.line(`return ${base && this.choose(3) === 2 ? 'super().mix(k) + ' : ''}${this.int(1)}`);
        });
      }
      this.scope = outer;
    });
    this.#classes.push(name);
  }

  program() {
    const functions = this.choose(3);
    const classes = this.choose(3);
    for (let i = 0; i < classes; i++) this.defineClass();
    for (let i = 0; i < functions; i++) this.define();
    while (!this.exhausted && this.#lines.length < 80) this.statement(0);
    for (const names of [this.scope.int, this.scope.float, this.scope.bool, this.scope.list]) {
      if (names.length > 0) this.line(`print(${names.join(', ')})`);
    }
    return `${this.#lines.join('\n')}\n`;
  }
}

/**
 * @param {readonly number[]} choices
 * @returns {string} Python source
 */
export const writeProgram = (choices) => new Writer(choices).program();
