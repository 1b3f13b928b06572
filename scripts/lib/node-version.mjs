/** The check that this Node is new enough. Written so that a very old Node can still read it. */

/** Oldest Node that everything here runs on, as in `engines` of package.json. */
const OLDEST = [20, 11];

/** Ends the process with what to do where Node is too old. */
export function requireNode() {
  const parts = process.versions.node.split('.').map(Number);
  if (parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1])) return;
  console.error(`PySM needs Node ${OLDEST.join('.')} or later; this is Node ${process.versions.node}.`);
  console.error('Install a current Node from https://nodejs.org (or with nvm: `nvm install 22`), then start again.');
  process.exit(1);
}
