import type { Tx } from '#db/actor.ts'
import { type Check, latestRuns, nextArrival } from '#modules/checks/index.ts'
import type { ChecksRun } from '#modules/checks/model.ts'
import type { MunicipalityWork, SchoolWork, TeacherWork } from './model.ts'
import {
  changedAt,
  hasPreschool,
  openFindings,
  ownClasses,
  ownPlace,
  ownSchools,
  remindersOf,
  scoreIn,
} from './store.ts'

/** What waits for the school of the mandate in force; null where it is for none. */
export async function schoolWork(tx: Tx, checks: readonly Check[]): Promise<SchoolWork | null> {
  const own = await ownPlace(tx, 'institution')
  if (!own) return null
  const [run, before] = await latestRuns(tx, 2)
  const order = new Map(
    checks
      .toSorted((a, b) => Number(a.certainty === 'doubtful') - Number(b.certainty === 'doubtful'))
      .map(({ code }, at) => [code, at]),
  )
  const place = (code: string) => order.get(code) ?? checks.length
  const findings = await openFindings(tx, own.id)
  return {
    institution: { id: own.uuid, name: own.name },
    run: run ? withoutId(run) : null,
    score: run ? await scoreIn(tx, own.id, run.id) : null,
    before: before ? await scoreIn(tx, own.id, before.id) : null,
    findings: findings.toSorted((a, b) => place(a.check) - place(b.check)),
    changedAt: await changedAt(tx, own.id),
    nextImportAt: await nextArrival(tx),
    reminders: await remindersOf(tx, own.id),
    hasPreschool: await hasPreschool(tx, own.id),
  }
}

/** What waits for the municipality of the mandate in force; null where it is for none. */
export async function municipalityWork(tx: Tx): Promise<MunicipalityWork | null> {
  const own = await ownPlace(tx, 'territory')
  if (!own) return null
  const [run, before] = await latestRuns(tx, 2)
  return {
    municipality: { id: own.uuid, name: own.name },
    run: run ? withoutId(run) : null,
    nextImportAt: await nextArrival(tx),
    schools: await ownSchools(tx, run?.id ?? null, before?.id ?? null),
  }
}

/** What waits for the class teacher of the mandate in force; null where it is for no school. */
export async function teacherWork(tx: Tx): Promise<TeacherWork | null> {
  const own = await ownPlace(tx, 'institution')
  return (
    own && {
      institution: { id: own.uuid, name: own.name },
      classes: await ownClasses(tx),
      hasPreschool: await hasPreschool(tx, own.id),
    }
  )
}

function withoutId({ id: _, ...run }: ChecksRun & { id: number }): ChecksRun {
  return run
}
