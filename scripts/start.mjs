// npm start: what is missing is installed and built, then IKMS serves until Ctrl-C.
import { become, ensureBuilt, ensureInstalled } from './lib/ground.mjs'

await ensureInstalled()
await ensureBuilt()
become('src/cli.ts', ['serve', ...process.argv.slice(2)])
