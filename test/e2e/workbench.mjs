/**
 * Drives the real VS Code workbench, headless: code-server with the packaged extension, Chromium, and the few gestures that
 * the end-to-end tests and `npm start -- --check` are made of.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CODE_SERVER_FOLDER, ensureCodeServer, serveWorkbench } from '../../scripts/code-server.mjs';
import { buildVsix } from '../../scripts/vsix.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Folder of screenshots, ignored by git. */
export const OUTPUT = join(REPOSITORY, 'test-output', 'e2e');

// A test run that is cancelled ends its children: they are killed when this process exits, which a signal alone is not.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.once(signal, () => process.exit(code));
}

/** Longest wait for one thing to appear in the workbench, ms. */
const PATIENCE = 30_000;

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

function browserPath() {
  const path = BROWSERS.find((candidate) => existsSync(candidate));
  if (!path) throw new Error('The end-to-end test needs Chromium: apt-get install -y --no-install-recommends chromium');
  return path;
}

/**
 * Starts a headless Chromium that reaches loopback only. It runs until the result is closed.
 * @param {string} profile folder of its profile, made where it is missing; whoever calls removes it afterwards
 * @returns {Promise<import('playwright-core').BrowserContext>} rejects where no Chromium is installed
 */
export async function openBrowser(profile) {
  return chromium.launchPersistentContext(profile, {
    executablePath: browserPath(),
    headless: true,
    args: BROWSER_FLAGS,
    viewport: { width: 1400, height: 900 },
    timeout: PATIENCE,
  });
}

/** Runs in the page: the middle of a word in an element's text. */
function middleOf(element, word) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(word);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + word.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  }
  throw new Error(`${word} is not in: ${element.textContent}`);
}

/** The .vsix, built once for all tests of a process. */
let vsix;
const builtVsix = () => (vsix ??= buildVsix());

/**
 * Opens a copy of a folder in the workbench.
 * @param {string} folder
 * @param {{ report?: (line: string) => void, settings?: Record<string, unknown> }} [options]
 * @returns {Promise<Editor>}
 */
export async function openEditor(folder, { report = () => {}, settings } = {}) {
  const installed = await ensureCodeServer(CODE_SERVER_FOLDER, report);
  const extension = await builtVsix();
  const root = await mkdtemp(join(tmpdir(), 'pysm-e2e-'));
  const closers = [() => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })];
  const close = async () => {
    for (const closer of closers.reverse()) await closer().catch(() => {});
  };
  try {
    const project = join(root, 'project');
    await cp(folder, project, { recursive: true });
    const workbench = await serveWorkbench({ installed, vsix: extension, settings });
    closers.push(workbench.stop);
    const context = await openBrowser(join(root, 'browser'));
    closers.push(() => context.close());
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`${workbench.url}?folder=${encodeURIComponent(project)}`, { timeout: 60_000 });
    await page.waitForSelector('.monaco-workbench .explorer-viewlet .monaco-list-row', { timeout: 60_000 });
    return new Editor(page, workbench, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** An open workbench and what a person does in it. */
export class Editor {
  constructor(page, workbench, close) {
    this.page = page;
    this.workbench = workbench;
    /** Ends browser and server and removes their folders. */
    this.close = close;
  }

  /** Opens a file of the folder by double click. */
  async open(name) {
    await this.page.locator('.explorer-viewlet .monaco-list-row', { hasText: name }).first().dblclick();
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await this.page.waitForSelector('.monaco-editor .view-line');
  }

  /** The line of the active editor that contains a text. Its blanks are no-break spaces. */
  line(text) {
    const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[\\s\\u00a0]');
    return this.page
      .locator('.editor-group-container.active .view-line')
      .filter({ hasText: new RegExp(pattern) })
      .first();
  }

  /** Puts the cursor on a line. */
  async goTo(text) {
    await this.line(text).click();
  }

  /** Text of the hover over a word of a line; `expected` must come to stand in it. */
  async hover(lineText, word, expected) {
    const tooltip = this.page.locator('.monaco-hover:visible').filter({ hasText: expected }).first();
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline) {
      // Always from elsewhere: a pointer that rests opens no hover.
      await this.page.mouse.move(5, 5);
      const place = await this.line(lineText).evaluate(middleOf, word);
      await this.page.mouse.move(place.x, place.y, { steps: 5 });
      const isShown = await tooltip.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      const [text] = isShown ? await tooltip.allInnerTexts() : [];
      if (text !== undefined) return text.replaceAll('\u00a0', ' ');
    }
    throw new Error(`no hover with ${expected} over ${word} in: ${lineText}`);
  }

  /** Waits for an error mark in the active editor. */
  async squiggle() {
    await this.page.waitForSelector('.editor-group-container.active .squiggly-error');
  }

  /** Toggles a breakpoint on a line. */
  async breakpoint(text) {
    await this.goTo(text);
    await this.page.keyboard.press('F9');
    await this.page.waitForSelector('.codicon-debug-breakpoint');
  }

  /** Text of the line that the debugger has stopped at; waits until it contains `expected`. */
  async stoppedAt(expected) {
    await this.page.waitForSelector('.debug-toolbar');
    const mark = this.page.locator('.debug-top-stack-frame-line').first();
    const deadline = Date.now() + PATIENCE;
    let text = '';
    while (Date.now() < deadline) {
      const at = await mark.boundingBox({ timeout: 1_000 }).catch(() => null);
      text = at ? await this.#textAt(at.y + at.height / 2) : '';
      if (text.includes(expected)) return text;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`not stopped at ${expected}, but at: ${text}`);
  }

  /** Text of the editor line at a height of the page. */
  async #textAt(y) {
    const lines = await this.page.locator('.editor-group-container.active .view-line').evaluateAll((all) =>
      all.map((line) => ({
        top: line.getBoundingClientRect().top,
        bottom: line.getBoundingClientRect().bottom,
        text: line.textContent,
      })),
    );
    const text = lines.find(({ top, bottom }) => top <= y && y < bottom)?.text ?? '';
    // Icons within the line are characters of the private use area.
    return text.replaceAll('\u00a0', ' ').replace(/\p{Co}/gu, '');
  }

  /** Rows of the Variables view, as shown; a scope that is closed is opened. */
  async variables(scope) {
    const row = this.page.locator('.debug-variables .monaco-list-row', { hasText: scope }).first();
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false') {
      await row.click();
      await this.page.keyboard.press('ArrowRight');
    }
    await this.page.waitForFunction(() => document.querySelectorAll('.debug-variables .monaco-list-row').length > 3);
    const rows = await this.page.locator('.debug-variables .monaco-list-row').allInnerTexts();
    return rows.map((text) => text.replace(/[\s\u00a0]+/g, ' ').trim());
  }

  /** Waits until the debug console shows a text. */
  async console(expected) {
    await this.page.locator('.repl .monaco-list-row', { hasText: expected }).first().waitFor();
  }

  async screenshot(name) {
    await mkdir(OUTPUT, { recursive: true });
    await this.page.screenshot({ path: join(OUTPUT, `${name}.png`) });
  }
}

/**
 * What `npm start -- --check` asks: a diagnostic, a hover with cycles, and a program stopped at a breakpoint, in the
 * workbench on examples/.
 * @param {(line: string) => void} report
 */
export async function checkWorkbench(report) {
  const editor = await openEditor(join(REPOSITORY, 'examples'), { report });
  try {
    await editor.open('not_supported.py');
    await editor.squiggle();
    report('In the workbench: a diagnostic in not_supported.py');
    await editor.open('controller.py');
    const hover = await editor.hover('error = target - measured', 'target', 'cycle');
    report(`In the workbench: a hover in controller.py: ${hover.split('\n')[0]}`);
    await editor.breakpoint('self.last = error');
    await editor.page.keyboard.press('F5');
    const line = await editor.stoppedAt('self.last = error');
    report(`In the workbench: stopped at a breakpoint: ${line.trim()}`);
    await editor.screenshot('check');
  } catch (error) {
    await editor.screenshot('check-failed').catch(() => {});
    throw error;
  } finally {
    await editor.close();
  }
}
