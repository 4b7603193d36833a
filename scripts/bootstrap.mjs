// The first file of every npm script. It must parse on old versions of Node, so that they reach the
// message below.
const [major] = process.versions.node.split('.').map(Number)
if (major < 18) {
  console.error(
    `Pangea needs Node 18 or newer to start (it then runs on Node 24), and this is Node ${process.versions.node}. Install Node 24 from https://nodejs.org and run the command again.`
  )
  process.exit(1)
}
// The text after a task's name in package.json is what `npm run` shows about it.
void import('./run-task.mjs').then((module) =>
  module.runTask(process.argv[2], process.argv.slice(4))
)
