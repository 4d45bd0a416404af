import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/**
 * The rules of the house (docs/architecture.md), checked on the imports of `src/`. Each rule is a sentence; where one
 * breaks, the sentence is read out with the file and the import.
 */
interface Import {
  file: string
  /** file it leads to, from `src/`; null for a package or a part of Node */
  to: string | null
  specifier: string
  isType: boolean
}

interface Rule {
  says: string
  breaks: (found: Import, area: (file: string) => string) => boolean
}

const lower = ['stats', 'terms']
const moduleFace = /^modules\/[^/]+\/(index|model|define)\.ts$/

const rules: readonly Rule[] = [
  {
    says: 'stats is arithmetic: it imports nothing but stats, no package and no part of Node',
    breaks: ({ file, to }, area) => area(file) === 'stats' && (to === null || area(to) !== 'stats'),
  },
  {
    says: 'terms are words: they import terms, stats and zod, nothing else',
    breaks: ({ file, to, specifier }, area) =>
      area(file) === 'terms' && (to === null ? specifier !== 'zod' : !lower.includes(area(to))),
  },
  {
    says: 'db stands on stats and terms; it knows no http, no module and no portal',
    breaks: ({ file, to }, area) =>
      area(file) === 'db' && to !== null && ![...lower, 'db'].includes(area(to)),
  },
  {
    says: 'http stands on stats, terms and db; it knows no module and no portal',
    breaks: ({ file, to }, area) =>
      area(file) === 'http' && to !== null && ![...lower, 'db', 'http'].includes(area(to)),
  },
  {
    says: 'synth makes rows from a seed: it imports stats and terms only',
    breaks: ({ file, to }, area) =>
      area(file) === 'synth' && to !== null && ![...lower, 'synth'].includes(area(to)),
  },
  {
    says: 'a module stands on stats, terms, db, http and other modules; it knows no portal, no server and no command line',
    breaks: ({ file, to }, area) =>
      area(file).startsWith('modules/') &&
      to !== null &&
      !area(to).startsWith('modules/') &&
      ![...lower, 'db', 'http'].includes(area(to)),
  },
  {
    says: 'a module enters another through its index.ts, or takes shapes from its model.ts and forms from its define.ts',
    breaks: ({ file, to }, area) =>
      to !== null &&
      area(file).startsWith('modules/') &&
      area(to).startsWith('modules/') &&
      area(file) !== area(to) &&
      !moduleFace.test(to),
  },
  {
    says: 'the portal shares stats, terms and model.ts; everything else it reads through the API (types may be named)',
    breaks: ({ file, to, isType }, area) =>
      area(file) === 'web' &&
      !isType &&
      to !== null &&
      ![...lower, 'web'].includes(area(to)) &&
      !/^modules\/[^/]+\/model\.ts$/.test(to),
  },
  {
    says: 'the portal never imports pg, a part of Node or anything else that runs on the server only',
    breaks: ({ file, to, specifier, isType }, area) =>
      area(file) === 'web' &&
      to === null &&
      !isType &&
      (/^node:/.test(specifier) || /^(pg|pg-|kysely|hono|@hono)/.test(specifier)),
  },
  {
    says: 'only wiring knows everything: nothing else in src imports server.ts or cli.ts',
    breaks: ({ to, file }) =>
      (to === 'server.ts' || to === 'cli.ts') && file !== 'cli.ts' && file !== 'jobs-process.ts',
  },
]

const sqlPlaces = /(^|\/)(store|[a-z-]+-store|indicators|staging)\.ts$/
const sqlRule = 'SQL of a module lives in its store.ts (or …-store.ts, staging.ts) and indicators.ts'
const cycleRule = 'imports never run in a circle'

/** Every broken rule under a folder that holds `src/`, as sentences. */
export function violations(project: string): string[] {
  const source = join(project, 'src')
  const files = sourceFiles(source)
  const area = (file: string) => {
    const [first, second] = file.split('/')
    return first === 'modules' && second ? `modules/${second}` : (first ?? '')
  }
  const found: string[] = []
  const arrows = new Map<string, string[]>()
  for (const file of files) {
    const text = readFileSync(join(source, file), 'utf8')
    const imports = importsOf(file, text, source)
    for (const each of imports) {
      for (const rule of rules) {
        if (rule.breaks(each, area)) found.push(`${rule.says}\n  src/${file} imports ${each.specifier}`)
      }
    }
    arrows.set(
      file,
      imports.filter(({ isType }) => !isType).flatMap(({ to }) => (to === null ? [] : [to])),
    )
    const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    if (
      area(file).startsWith('modules/') &&
      /\btx\.query\b|\.query\(\s*[`']/.test(withoutComments) &&
      !sqlPlaces.test(file)
    ) {
      found.push(`${sqlRule}\n  src/${file} runs a query`)
    }
  }
  for (const circle of circles(arrows))
    found.push(`${cycleRule}\n  ${circle.map((file) => `src/${file}`).join(' → ')}`)
  return found
}

function sourceFiles(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test(-d)?\.tsx?$/.test(file))
    .sort()
}

const importPattern =
  /(?:^|[;\n])\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(file: string, text: string, source: string): Import[] {
  return [...text.matchAll(importPattern)].map((match) => {
    const specifier = match[2] ?? match[3]!
    return { file, specifier, isType: match[1] !== undefined, to: target(file, specifier, source) }
  })
}

function target(file: string, specifier: string, source: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (!specifier.startsWith('.')) return null
  const path = relative(source, resolve(source, dirname(file), specifier))
    .split(sep)
    .join('/')
  return path.replace(/\?.*$/, '')
}

/** One circle for every strongly connected group of files that import one another. */
function circles(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const found: string[][] = []
  const visit = (file: string) => {
    state.set(file, 'open')
    path.push(file)
    for (const next of arrows.get(file) ?? []) {
      if (state.get(next) === 'open') found.push([...path.slice(path.indexOf(next)), next])
      else if (!state.has(next) && arrows.has(next)) visit(next)
    }
    path.pop()
    state.set(file, 'done')
  }
  for (const file of arrows.keys()) if (!state.has(file)) visit(file)
  return found
}

if (import.meta.main) {
  const broken = violations(join(import.meta.dirname, '..'))
  for (const sentence of broken) console.error(`✗ ${sentence}`)
  if (broken.length > 0) process.exit(1)
}
