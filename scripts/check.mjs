// npm run check: format, lint, types and the rules of the house, each with its own plain answer.
import { spawnSync } from 'node:child_process'
import { ensureInstalled, projectFolder, projectNode } from './lib/ground.mjs'

await ensureInstalled()
const bin = (name) => `${projectFolder}/node_modules/${name}`
const steps = [
  ['format and lint', projectNode(), [bin('@biomejs/biome/bin/biome'), 'check', '.']],
  ['types of the portal', projectNode(), [bin('@react-router/dev/bin.cjs'), 'typegen']],
  ['types', projectNode(), [bin('typescript/bin/tsc'), '-p', '.']],
  ['rules of the house', projectNode(), [`${projectFolder}/scripts/boundaries.ts`]],
  ['unused code', projectNode(), [bin('knip/bin/knip.js'), '--no-progress']],
]
let failed = 0
for (const [name, command, args] of steps) {
  const started = performance.now()
  const { status } = spawnSync(command, args, { cwd: projectFolder, stdio: 'inherit' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'good' : 'FAILED'}: ${name} (${seconds} s)`)
  if (status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
