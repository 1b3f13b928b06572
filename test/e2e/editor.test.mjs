/** PySM projects in the real VS Code: mark, hover, breakpoint, steps, locals, console, end; on the Verilog as well. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildWasm } from '../../rtl/build.mjs';
import { openEditor } from './workbench.mjs';

const fixture = (name) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

// The .vsix has the Verilog only where it was built before; in the editor nobody waits for it.
before(() => buildWasm());

/** Time for a whole test, the installation of code-server included, ms. */
const timeout = 8 * 60_000;

/** Runs a test in the workbench; a failure leaves a screenshot. */
async function inEditor(name, project, body) {
  const editor = await openEditor(fixture(project));
  try {
    await body(editor);
  } catch (error) {
    await editor.screenshot(`${name}-failed`).catch(() => {});
    throw error;
  } finally {
    await editor.close();
  }
}

test('checked, costed and debugged', { timeout }, () =>
  inEditor('editor', 'project', async (editor) => {
    const { page } = editor;
    await editor.open('wrong.py');
    await editor.squiggle();
    await editor.screenshot('1-diagnostic');
    const message = await editor.hover('return eval(text)', 'eval', 'pysm');
    assert.match(message, /PS\d{4}/);

    await editor.open('blink.py');
    const hover = await editor.hover('total = total + i', 'total', 'cycle');
    assert.match(hover, /PySM: .*\d+ instructions?, .*\d+ cycles? \(\d+ ns/);
    assert.ok(hover.trim().split('\n').length <= 8, hover);
    await editor.screenshot('2-hover');

    await editor.breakpoint('led.value(i % 2)');
    await page.keyboard.press('F5');
    await editor.stoppedAt('led.value(i % 2)');
    const before = await editor.variables('Locals');
    for (const expected of [/^times\s*=\s*4/, /^total\s*=\s*0/, /^i\s*=\s*0/]) {
      assert.ok(
        before.some((row) => expected.test(row)),
        `${expected} in ${before.join(' | ')}`,
      );
    }
    await editor.screenshot('3-breakpoint');

    await page.keyboard.press('F5');
    await page.locator('.debug-variables .monaco-list-row', { hasText: /^i\s*=\s*1/ }).waitFor();
    await page.keyboard.press('F10');
    await editor.stoppedAt('total = total + i');
    const frames = await page.locator('.debug-call-stack .monaco-list-row').allInnerTexts();
    assert.match(frames.join('\n'), /blink[\s\S]*<module>/);
    await editor.screenshot('4-step');

    await editor.goTo('led.value(i % 2)');
    await page.keyboard.press('F9');
    await page.keyboard.press('F5');
    await editor.console('blinked 6');
    await editor.console('cycles');
    await page.waitForSelector('.debug-toolbar', { state: 'hidden' });
    await editor.screenshot('5-end');
  }),
);

test('debugged on the Verilog by a launch configuration', { timeout }, () =>
  inEditor('verilog', 'verilog', async (editor) => {
    const { page } = editor;
    const shows = (row) => page.locator('.debug-variables .monaco-list-row', { hasText: row }).waitFor();
    await editor.open('relay.py');
    // Breakpoints are offered once the extension has recognised the project.
    await editor.hover('relay.value(level)', 'relay', 'cycle');
    await editor.breakpoint('seen = sense.value()');
    await page.keyboard.press('F5');
    await editor.stoppedAt('seen = sense.value()');
    await editor.variables('Locals');
    await shows(/^level\s*=\s*0/);
    const thread = () => page.locator('.debug-call-stack .monaco-list-row').allInnerTexts();
    assert.match((await thread()).join('\n'), /switch[\s\S]*<module>/);
    await editor.screenshot('verilog-1-breakpoint');

    await page.keyboard.press('F5');
    await shows(/^level\s*=\s*1/);
    await page.keyboard.press('F10');
    await editor.stoppedAt('return seen');
    // The wire of the launch configuration.
    await shows(/^seen\s*=\s*1/);
    await page.keyboard.press('Shift+F11');
    await editor.stoppedAt('if switch(wanted) == wanted:');
    // The variables of the module are in the place of those of the function that has returned.
    await shows(/^wanted\s*=\s*1/);
    await editor.screenshot('verilog-2-step');

    await page.keyboard.press('Control+Shift+F5');
    await editor.stoppedAt('seen = sense.value()');
    await shows(/^level\s*=\s*0/);

    await editor.goTo('seen = sense.value()');
    await page.keyboard.press('F9');
    await page.keyboard.press('F5');
    await editor.console('matches 4');
    await editor.console(/[\d,]+ cycles \([\d.]+ us\)/);
    await page.waitForSelector('.debug-toolbar', { state: 'hidden' });
    await editor.screenshot('verilog-3-end');
  }),
);
