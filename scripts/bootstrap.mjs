// First thing every npm script runs. Plain old syntax on purpose: an outdated Node must get as far as the sentence below.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Pangea needs Node 20.19 or newer, and this is Node ${process.versions.node}. Install it from https://nodejs.org and run the command again.`)
  process.exit(1)
}
// The text after a task's name in package.json is what `npm run` shows about it.
void import('./run-task.mjs').then((module) => module.runTask(process.argv[2], process.argv.slice(4)))
