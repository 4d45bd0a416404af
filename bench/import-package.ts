/**
 * Speed and memory of packages: a made-up country, or one very large file in constant memory: results (short lines) or marks in twelve
 * subjects (long lines) of 100,000 learners, as many as it takes. They are made by another process, so that their making is not in the
 * memory that is measured.
 *
 *     node bench/import-package.ts [megabytes, 300] [results|marks]
 *     node bench/import-package.ts small|demo|country
 *     node bench/import-package.ts FOLDER            a package that is there already
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openDatabase } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { migrate } from '#db/migrate.ts'
import { importPackage, type Progress } from '#modules/intake/index.ts'
import { writePackage } from '../src/synth/package.ts'
import { planOf, type Size } from '../src/synth/size.ts'

const [task, at] = process.argv.slice(2)
const what = (task === 'make' ? process.argv[4] : task) ?? '300'
const size = (['small', 'demo', 'country'] as const).find((each): each is Size => each === what)
const megabytes = Number(what)
const large = (task === 'make' ? process.argv[5] : at) === 'marks' ? 'marks' : 'results'
const LEARNERS = 100_000
const SCHOOLS = 600
const ROW = { results: 36, marks: 200 }[large] // bytes of a line, about
const rounds = Math.max(1, Math.round((megabytes * 1e6) / ROW / LEARNERS))

async function measure() {
  const folder = await mkdtemp(join(tmpdir(), 'ikms-bench-'))
  await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
  const isThere = !size && Number.isNaN(megabytes)
  const file = isThere ? what : join(folder, 'package')
  if (!isThere) execFileSync(process.execPath, [import.meta.filename, 'make', file, what, large])
  const bytes = (await stat(join(file, `${size ? 'results' : large}.csv`))).size
  const db = await openDatabase({ folder: join(folder, 'data') })
  try {
    await migrate(db)
    const keys: Keys = { current: '1', keys: { 1: randomBytes(32) } }
    const memory: number[] = []
    const watch = setInterval(() => memory.push(process.memoryUsage().rss / 1024 ** 2), 500)
    const used = process.cpuUsage()
    const stretches: { phase: string; rows: number; seconds: number }[] = []
    let since = performance.now()
    const onProgress = ({ phase, rows }: Progress) => {
      const now = performance.now()
      const last = stretches.at(-1)
      if (last) last.seconds += (now - since) / 1000
      since = now
      if (last?.phase === phase) last.rows = rows
      else stretches.push({ phase, rows, seconds: 0 })
    }
    const report = await importPackage({ db, keys, file, onProgress }).finally(() => clearInterval(watch))
    const { user, system } = process.cpuUsage(used)
    const quarter = (n: number) => {
      const part = memory.slice(Math.floor((memory.length * n) / 4), Math.ceil((memory.length * (n + 1)) / 4))
      return `${Math.max(...part).toFixed(0)} MB`
    }
    console.log(
      `${report.state}: ${report.rowsRead} rows, the large file ${(bytes / 1e6).toFixed(0)} MB, in ${report.seconds.toFixed(0)} s = ${report.rowsPerSecond} rows/s`,
    )
    console.log(`  program: ${((user + system) / 1e6).toFixed(1)} s of a processor`)
    for (const { phase, rows, seconds } of stretches.filter((each) => each.seconds > 0.5))
      console.log(`  ${phase} to row ${rows}: ${seconds.toFixed(1)} s`)
    console.log(`  most memory in each quarter of the time: ${[0, 1, 2, 3].map(quarter).join(', ')}`)
  } finally {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function makePackage(folder: string) {
  await mkdir(folder)
  for (const [name, lines] of Object.entries(files).filter(([name]) => isPart(name)))
    await pipeline(lines, createWriteStream(join(folder, name)))
}

/** Of the two large files only the one that is asked for. */
const isPart = (name: string) => !['results.csv', 'marks.csv'].includes(name) || name === `${large}.csv`

const range = (n: number) => Array.from({ length: n }, (_, at) => at)

const subjects = [
  'latvian',
  'mathematics',
  'english',
  'history',
  'biology',
  'physics',
  'chemistry',
  'geography',
  'literature',
  'sport',
  'music',
  'engineering',
]

/** Every file as lines that are made while they are written. */
const files: Record<string, () => Generator<string>> = {
  *'manifest.json'() {
    yield JSON.stringify({
      source: 'bench',
      dataKind: 'made_up',
      state: { code: 'LV', name: { lv: 'Valsts', en: 'State' }, genitive: 'Valsts', locative: 'Valstī' },
      snapshotDate: '2026-10-01',
      version: '1',
    })
  },
  *'territories.csv'() {
    yield 'code,kind,name_lv,name_en\nM,municipality,Pašvaldība,Municipality\n'
  },
  *'institutions.csv'() {
    yield 'reg_number,kind,name_lv,name_en,legal_atvk\n'
    for (const school of range(SCHOOLS)) yield `${school},school,Skola ${school},School ${school},M\n`
  },
  *'learners.csv'() {
    yield 'learner_uid,sex\n'
    for (let learner = 0; learner < LEARNERS; learner++)
      yield `L${learner},${learner % 2 ? 'male' : 'female'}\n`
  },
  *'scales.csv'() {
    yield 'code,name_lv,name_en,minimum,maximum\npoints,Punkti,Points,0,1000\n'
  },
  *'assessments.csv'() {
    yield 'code,subject,name_lv,name_en,school_year,scale\n'
    for (const round of range(rounds)) yield `round-${round},s,Tests ${round},Test ${round},2026,points\n`
  },
  *'results.csv'() {
    yield 'learner_uid,assessment,reg_number,value\n'
    for (let learner = 0; learner < LEARNERS; learner++) {
      let lines = ''
      for (let round = 0; round < rounds; round++) {
        lines += `L${learner},round-${round},${learner % SCHOOLS},${((learner * 31 + round * 7) % 10_000) / 10}\n`
      }
      yield lines
    }
  },
  *'marks.csv'() {
    yield 'learner_uid,reg_number,school_year,grade,scale,marks\n'
    for (let learner = 0; learner < LEARNERS; learner++) {
      let lines = ''
      for (let round = 0; round < rounds; round++) {
        const mark = (at: number) => ((learner + round + at) % 9) + 1
        const marks = subjects.map((subject, at) => `${subject}:${mark(at)}/${mark(at + 1)}/${mark(at + 2)}`)
        lines += `L${learner},${(learner + Math.floor(round / 7)) % SCHOOLS},${2020 + (round % 7)},9,ten,${marks.join(' ')}\n`
      }
      yield lines
    }
  },
}

if (task === 'make' && size) writePackage(planOf(size, 2026), at!)
else if (task === 'make') await makePackage(at!)
else await measure()
