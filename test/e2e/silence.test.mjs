/** An ordinary Python project in the real VS Code with the extension installed: nothing of PySM's shows or runs. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openEditor } from './workbench.mjs';

const ORDINARY = fileURLToPath(new URL('./fixtures/ordinary', import.meta.url));

/** Time in which something of ours would have shown, ms. */
const SILENCE = 8_000;

/** Command lines of all processes in the group that code-server leads. */
function processesOf(group) {
  const lines = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const processGroup = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
      if (processGroup === group) lines.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      // It ended while we looked.
    }
  }
  return lines;
}

test('an ordinary Python project shows nothing of ours', { timeout: 8 * 60_000 }, async () => {
  const editor = await openEditor(ORDINARY);
  const { page } = editor;
  try {
    await editor.open('app.py');
    await page.waitForTimeout(SILENCE);
    assert.equal(await page.locator('.squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint').count(), 0);
    const status = await page
      .locator('.part.statusbar .statusbar-item')
      .evaluateAll((all) => all.map((item) => `${item.id} ${item.textContent}`));
    assert.deepEqual(
      status.filter((text) => /pysm/i.test(text)),
      [],
    );
    assert.equal(await page.locator('.codelens-decoration').count(), 0);
    assert.equal(await page.locator('.notification-list-item').filter({ hasText: /pysm/i }).count(), 0);

    // The processes that do run show that we look in the right place.
    const processes = processesOf(editor.workbench.pid);
    assert.ok(
      processes.some((line) => line.includes('extensionHost')),
      processes.join('\n'),
    );
    assert.deepEqual(
      processes.filter((line) => /pysm[^ ]*\/dist\/|server\.cjs|debugger\.cjs/.test(line)),
      [],
    );
    await editor.screenshot('6-ordinary-project');

    // F5 is somebody else's: what VS Code offers does not name PySM.
    await editor.goTo('import machine');
    await page.keyboard.press('F5');
    await page.waitForTimeout(2_000);
    assert.equal(await page.locator('.debug-toolbar').count(), 0);
    const offers = await page.locator('.quick-input-widget .monaco-list-row').allInnerTexts();
    assert.deepEqual(
      offers.filter((text) => /pysm/i.test(text)),
      [],
    );
  } catch (error) {
    await editor.screenshot('ordinary-project-failed').catch(() => {});
    throw error;
  } finally {
    await editor.close();
  }
});
