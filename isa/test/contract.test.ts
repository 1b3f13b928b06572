/** docs/traps-and-frames.md: every rule is there once, and the tests that it names exist. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Compiled tests lie in isa/dist/test. */
const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(REPOSITORY, 'docs', 'traps-and-frames.md'), 'utf8');

const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);

test('the rules are numbered T1 to T13 and F1 to F10', () => {
  const rules = [...page.matchAll(/^\*\*([TF]\d+)\. /gm)].map((m) => m[1]);
  assert.deepEqual(rules, [...numbered('T', 13), ...numbered('F', 10)]);
});

for (const [, rule = '', text = ''] of page.matchAll(/^\*\*([TF]\d+)\. ((?:(?!^\*\*[TF]\d)[\s\S])*)/gm)) {
  test(`${rule} names tests that exist`, () => {
    const proofs = [...text.matchAll(/^\*Proof:\*\s*((?:.+\n?)+)/gm)];
    assert.ok(proofs.length > 0, 'no proof is named');
    for (const [, list = ''] of proofs) {
      // `file`, "test"; "test"; `another file`, "test"
      const files = [...list.replace(/\s+/g, ' ').matchAll(/`([^`]+)`,((?: "[^"]+";?)+)/g)];
      assert.ok(files.length > 0, list);
      for (const [, file = '', names = ''] of files) {
        const source = readFileSync(join(REPOSITORY, file), 'utf8');
        for (const [, name = ''] of names.matchAll(/"([^"]+)"/g)) {
          assert.ok(source.includes(`'${name}`), `${file} has no test "${name}"`);
        }
      }
    }
  });
}
