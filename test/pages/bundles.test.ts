import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const build = join(import.meta.dirname, '..', '..', 'build')
const server = readFileSync(join(build, 'server', 'index.js'), 'utf8')
const client = readdirSync(join(build, 'client', 'assets'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => readFileSync(join(build, 'client', 'assets', file), 'utf8'))
  .join('\n')

/** Packages a bundle takes from outside itself. */
function imported(code: string): string[] {
  const names = [...code.matchAll(/^import [^;\n]*?from "([^"]+)"/gm)].map(([, name]) => name!)
  return [...new Set(names)].sort()
}

test('the portal on the server takes in drawing and words, and nothing that reaches the database', () => {
  expect(imported(server)).toEqual([
    'd3-geo',
    'd3-scale',
    'i18next',
    'react',
    'react-dom/server',
    'react-router',
    'react/jsx-runtime',
    'zod',
  ])
})

test('neither bundle holds a statement, a database client or a part of Node', () => {
  for (const code of [server, client]) {
    expect(
      found(
        code,
        /\bselect\b[\s\S]{0,80}\bfrom (registry|records|indicators|publications|identity|access)\./i,
      ),
    ).toBeNull()
    expect(found(code, /pg-pool|pg-copy-streams|kysely|["']node:|["']pg["']/)).toBeNull()
  }
})

/** A few letters around the first match, not the whole bundle. */
function found(code: string, pattern: RegExp): string | null {
  const at = code.search(pattern)
  return at === -1 ? null : code.slice(Math.max(0, at - 60), at + 60)
}

test('what a browser could be sent holds no loader: neither the API nor its answers', () => {
  for (const word of [/IKMS_CHECK_ANSWERS/, /\/demo-people/, /\/profiles\/\$/]) {
    expect(found(client, word)).toBeNull()
  }
})
