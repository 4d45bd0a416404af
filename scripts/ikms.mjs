// npm run ikms -- <command>: one command of IKMS, on the project's own Node.
import { become, ensureBuilt, ensureInstalled } from './lib/ground.mjs'

const args = process.argv.slice(2)
await ensureInstalled()
if (args[0] === 'serve') await ensureBuilt()
become('src/cli.ts', args)
