import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { declaresProject, isInProject } from '../src/recognition.js';

/** Texts of a pyproject.toml, and whether they declare a PySM project. */
const TEXTS: readonly (readonly [text: string, expected: boolean])[] = [
  ['[tool.pysm]\nentry = "main.py"\n', true],
  ['[tool.pysm]\n', true],
  ['[ tool . "pysm" ]\n', true],
  ['[tool]\npysm.entry = "main.py"\n', true],
  ['[tool]\npysm = { entry = "main.py" }\n', true],
  ['tool.pysm.entry = "main.py"\n', true],
  ['[tool.pysm.extra]\nx = 1\n', true],
  // Broken at the moment, and meant for us.
  ['[tool.pysm]\nentry = \n', true],
  ['', false],
  ['[project]\nname = "pysm"\n', false],
  ['[tool.pysmith]\n', false],
  ['[tool.ruff]\n# not [tool.pysm]\n', false],
  ['[project]\ndescription = """\n[tool.pysm]\n"""\n', false],
  ['[project\nkeywords = ["pysm"]\n', false],
  ['\0\ud800[[[pysm', false],
];

for (const [text, expected] of TEXTS) {
  test(`pyproject.toml ${JSON.stringify(text)}: ${expected ? 'PySM' : 'not ours'}`, () => {
    assert.equal(declaresProject(text), expected);
  });
}

test('a project reaches down to all folders in it, and no further', () => {
  const root = mkdtempSync(join(tmpdir(), 'pysm-recognition-'));
  try {
    for (const [name, text] of [
      ['mine/pyproject.toml', '[tool.pysm]\nentry = "main.py"\n'],
      ['mine/part/pyproject.toml', '[tool.ruff]\n'],
      ['other/pyproject.toml', '[tool.ruff]\n'],
    ] as const) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    assert.equal(isInProject(join(root, 'mine')), true);
    assert.equal(isInProject(join(root, 'mine', 'part')), true);
    assert.equal(isInProject(join(root, 'mine', 'gone', 'deeper')), true);
    assert.equal(isInProject(join(root, 'other')), false);
    assert.equal(isInProject(root), false);
  } finally {
    rmSync(root, { recursive: true });
  }
});
