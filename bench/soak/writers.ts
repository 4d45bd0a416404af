import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ikms } from '#test/serve/serving.ts'
import type { Load } from './load.ts'
import type { Promised } from './promises.ts'
import type { System } from './system.ts'

const LEARNERS = 300 // new ones of an import
const FIRST = 1_000_000 // number of the first new learner; those of the base file are lower
const KEPT = 2 // backups

/** Where the files of imports lie, what is asked of whom, what was acknowledged, what was not and should have been. */
export interface Writing {
  system: System
  load: Load
  promised: Promised
  /** the file the bank was filled from: new learners go to its schools */
  base: string
  files: string
  faults: string[]
}

/** Does something every so often until the end. */
export async function every(seconds: number, isEnding: () => boolean, work: (time: number) => Promise<void>) {
  for (let time = 0; !isEnding(); time += 1) {
    const due = performance.now() + seconds * 1000
    await work(time)
    while (performance.now() < due && !isEnding()) await new Promise((done) => setTimeout(done, 200))
  }
}

/** A file of new learners; every third is computed and published, every fourth is killed on its way. */
export async function importNew({ system, promised, base, files, faults }: Writing, time: number) {
  const rows = readFileSync(base, 'utf8').split('\n')
  const codes: string[] = []
  const lines = Array.from({ length: LEARNERS }, (_, at) => {
    const [municipality, school] = rows[1 + ((time * 7919 + at * 31) % (rows.length - 2))]!.split(',')
    codes.push(String(FIRST + time * LEARNERS + at))
    return [municipality, school, codes.at(-1), at % 2 ? 'F' : 'M', at % 12, 2 * (at % 6), 4 + (at % 4)].join(
      ',',
    )
  })
  const file = join(files, `learners-${time}.csv`)
  writeFileSync(file, `${[rows[0], ...lines].join('\n')}\n`)
  const wasDisturbed = system.isDisturbed
  const args = ['import', file, '--mapping', 'samples/results.mapping.json']
  const isKilled = time % 4 === 3
  const importing = ikms(time % 3 === 0 ? [...args, '--then-publish'] : args, system.around)
  if (isKilled) setTimeout(() => importing.child.kill('SIGKILL'), 400 + (time % 8) * 100)
  const code = await importing.ended
  const isOurs = isKilled || wasDisturbed || system.isDisturbed
  if (code === 0) promised.imports.set(basename(file), codes)
  else promised.brokenImports.set(basename(file), codes)
  if (code !== 0 && !isOurs) faults.push(`import ${time} ended with ${code}: ${importing.said.error.trim()}`)
  rmSync(file)
}

export async function askForCompute({ load, promised }: Writing) {
  const job = (await load.write('asked for a job', 'steward', '/jobs', {
    kind: 'compute',
    thenPublish: true,
  })) as { id: string } | undefined
  if (job) promised.jobs.add(job.id)
}

export async function askForTrial({ load, promised }: Writing, time: number) {
  const trial = (await load.write('asked for a trial', 'steward', '/disclosure/trials', {
    ...load.rule,
    minimum: 11 + (time % 5),
  })) as { id: string } | undefined
  if (trial) promised.trials.add(trial.id)
}

export async function backUp({ system, promised, faults }: Writing) {
  const wasDisturbed = system.isDisturbed
  const { code, out, error } = await system.command('backup')
  if (code === 0) promised.backups.push(out.trim())
  else if (!wasDisturbed && !system.isDisturbed) faults.push(`backup ended with ${code}: ${error.trim()}`)
  for (const old of promised.backups.splice(0, promised.backups.length - KEPT)) {
    rmSync(old, { recursive: true })
  }
}
