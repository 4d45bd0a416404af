/**
 * Speed and memory of an import: a made-up file of 2 M enrolments (250,000 learners × 8 years, 600 schools,
 * 42 municipalities; code, name, sex, month of birth, class, days) into a fresh database, and the same file once more.
 *
 *     node bench/import.ts [learners]
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Database, openDatabase } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { migrate } from '#db/migrate.ts'
import { importFile, type Mapping, type Progress, parseMapping } from '#modules/intake/index.ts'
import { philox } from '#stats/numeric/random.ts'

const [task, at] = process.argv.slice(2)
const learners = Number((task === 'make' ? process.argv[4] : task) ?? 250_000)
const YEARS = 8
const SCHOOLS = 600
const MUNICIPALITIES = 42
const seed = 2026

if (task === 'make') await pipeline(lines(), createWriteStream(at!))
else await compare()

async function compare() {
  const folder = await mkdtemp(join(tmpdir(), 'ikms-bench-'))
  await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
  const file = join(folder, 'enrolments.csv')
  // The file is made by another process, so that its memory is not counted here.
  execFileSync(process.execPath, [import.meta.filename, 'make', file, String(learners)])
  const db = await openDatabase({ folder: join(folder, 'data') })
  try {
    await migrate(db)
    const keys: Keys = { current: '1', keys: { 1: randomBytes(32) } }
    for (const time of ['into an empty bank', 'the same file again']) await measure(time, file, db, keys)
  } finally {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(what: string, file: string, db: Database, keys: Keys) {
  const used = process.cpuUsage()
  const phases: Partial<Record<Progress['phase'], number>> = {}
  let phase: Progress['phase'] = 'reading'
  let since = performance.now()
  const enter = (next: Progress['phase']) => {
    const now = performance.now()
    phases[phase] = (phases[phase] ?? 0) + (now - since) / 1000
    phase = next
    since = now
  }
  const report = await importFile({
    db,
    keys,
    file,
    mapping: mapping(),
    onProgress: (progress) => enter(progress.phase),
  })
  enter('reading')
  const seconds = Object.entries(phases).map(([name, time]) => `${name} ${time.toFixed(1)} s`)
  console.log(
    `${what}: ${report.state}, ${report.rowsRead} rows in ${report.seconds.toFixed(1)} s = ${report.rowsPerSecond} rows/s`,
  )
  const { user, system } = process.cpuUsage(used)
  const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0)
  console.log(`  ${seconds.join(', ')}`)
  console.log(
    `  program: ${((user + system) / 1e6).toFixed(1)} s of a processor, peak memory so far ${memory} MB`,
  )
}

function* lines(): Generator<string> {
  const random = philox(seed)
  const surnames = ['Bērziņš', 'Kalniņa', 'Ozols', 'Jansone', 'Liepiņš', 'Krūmiņa', 'Eglītis', 'Zariņa']
  const names = ['Anna', 'Jānis', 'Līga', 'Kārlis', 'Ēriks', 'Žanete', 'Ģirts', 'Ņina']
  yield 'municipality,school,code,name,sex,birth_month,school_year,grade,class,from,to\n'
  let block = ''
  for (let learner = 0; learner < learners; learner++) {
    const school = random.integer(SCHOOLS)
    const code = `${String(100_000 + (learner % 899_999)).padStart(6, '0')}-${String(learner).padStart(5, '0').slice(-5)}${learner}`
    const name = `${names[random.integer(8)]} ${surnames[random.integer(8)]} ${learner}`
    const person = `${code},${name},${random.integer(2) ? 'M' : 'F'},20${10 + random.integer(5)}-0${1 + random.integer(9)}`
    for (let year = 0; year < YEARS; year++) {
      const ended = 2019 + year
      const left = random.integer(50) === 0 ? `${ended}-03-15` : `${ended}-08-31`
      block += `${school % MUNICIPALITIES},${school},${person},${ended},${1 + year},${1 + year}.${'abc'[learner % 3]},${ended - 1}-09-01,${left}\n`
    }
    if (block.length > 1_000_000) {
      yield block
      block = ''
    }
  }
  yield block
}

function mapping(): Mapping {
  const column = (name: string, more: object = {}) => ({ column: name, ...more })
  return parseMapping({
    name: 'bench-enrolments',
    dataKind: 'made_up',
    file: {
      columns: [
        'municipality',
        'school',
        'code',
        'name',
        'sex',
        'birth_month',
        'school_year',
        'grade',
        'class',
        'from',
        'to',
      ],
    },
    state: { code: 'BENCH', name: { lv: 'Valsts', en: 'State' }, genitive: 'Valsts', locative: 'Valstī' },
    municipality: {
      code: column('municipality'),
      name: {
        lv: { template: 'Pašvaldība {municipality}' },
        en: { template: 'Municipality {municipality}' },
      },
    },
    institution: {
      code: column('school'),
      name: { lv: { template: 'Skola {school}' }, en: { template: 'School {school}' } },
    },
    learner: {
      code: column('code'),
      name: column('name'),
      sex: column('sex', { values: { M: 'male', F: 'female' } }),
      birthMonth: column('birth_month'),
    },
    enrolments: [
      {
        schoolYear: column('school_year'),
        grade: column('grade'),
        className: column('class'),
        from: column('from'),
        to: column('to'),
      },
    ],
  })
}
