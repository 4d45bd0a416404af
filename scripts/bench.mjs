// npm run bench: what there is to measure. npm run bench -- load pages: one program of bench/, on the project's own Node.
import { readdirSync, readFileSync } from 'node:fs'
import { become, ensureBuilt, ensureInstalled, projectFolder } from './lib/ground.mjs'

const [name, ...args] = process.argv.slice(2)
const folder = `${projectFolder}/bench`
const programs = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))

if (programs.includes(name)) {
  await ensureInstalled()
  await ensureBuilt()
  become(`bench/${name}.ts`, args)
} else {
  if (name) console.error(`There is no bench/${name}.ts.`)
  for (const each of programs) console.log(`${each.padEnd(18)} ${aboutOf(each)}`)
  process.exitCode = name ? 1 : 0
}

/** The first sentence of what a program says about itself. */
function aboutOf(program) {
  const text = readFileSync(`${folder}/${program}.ts`, 'utf8')
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? ''
  const words = comment
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return words.split(/(?<=\.)\s/)[0] ?? ''
}
