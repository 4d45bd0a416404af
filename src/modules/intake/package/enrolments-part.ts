import { CopyRows, createStaging } from '#db/copy.ts'
import type { FoundTogether } from '#db/entity-checks.ts'
import type { Merged } from '#db/entity-versions.ts'
import {
  checkLearners,
  KnownClasses,
  mergeEnrolments,
  numberInstitutions,
  overlappingEnrolments,
  stagedCrowded,
  stagedEnrolment,
  withdrawLackingEnrolments,
} from '#modules/registry/index.ts'
import { Crowd } from '../mapping/crowd.ts'
import { PLACES, schoolYearsInDays } from '../mapping/facts.ts'
import { LISTED } from '../model.ts'
import type { Sink } from '../read/stage-rows.ts'
import { dayText } from '../read/values.ts'
import { ContractPart, type Working } from './contract-part.ts'
import type { LineReader } from './entity-rows.ts'
import { inColumns } from './found.ts'
import { Numbers, ReferredLearners } from './learner-lines.ts'
import { analyzeStaged } from './staged-store.ts'

/** Enrolments: year, grade and institution are those of the class. */
export class EnrolmentsPart extends ContractPart {
  readonly #institutions = new Numbers()
  #classes = new KnownClasses()
  #learners: ReferredLearners | undefined
  #canJudge = true

  protected async prepare({ tx, references }: Working) {
    this.#learners = await ReferredLearners.prepare(tx, this.shared)
    this.#classes = await KnownClasses.read(tx)
    this.#canJudge = !references.isUnmerged('learners')
    await createStaging(tx, stagedEnrolment)
    await createStaging(tx, stagedCrowded)
  }

  protected open({ tx }: Working, reader: LineReader): Sink {
    const rows = new CopyRows(stagedEnrolment)
    const crowded = new CopyRows(stagedCrowded)
    const crowd = new Crowd(crowded)
    const learners = this.#learners!.open(reader)
    const [classes, institutions, years] = [this.#classes, this.#institutions, schoolYearsInDays()]
    const at = (name: string) => reader.names.indexOf(name)
    const [inClass, programme, from, to, main, reason, again, minutes, code] = [
      at('class_id'),
      at('programme_code'),
      at('from'),
      at('to'),
      at('main'),
      at('leave_reason'),
      at('repeated'),
      at('transport_minutes'),
      at('enrolment_id'),
    ]
    return {
      add(row, line) {
        const values = reader.values(row, line)
        const learnerNo = learners.read(row, line)
        if (!values || learnerNo === undefined) return
        const classId = values[inClass] as number
        const group = classes.get(classId)
        if (!group) return // its file was refused: nothing of this is kept either
        const year = years(group.schoolYear)
        const first = (values[from] ?? year.first) as number
        const last = (values[to] ?? year.last) as number
        if (first < year.first || last > year.last) {
          const [column, value] = first < year.first ? ['from', first] : ['to', last]
          reader.refuse('enrolment.outside_school_year', column, dayText(value), {
            first: dayText(year.first),
            last: dayText(year.last),
          })
          return
        }
        if (last < first) {
          const [column, value] = values[to] === null ? ['from', first] : ['to', last]
          reader.refuse('row.ends_before_start', column, dayText(value))
          return
        }
        const isMain = values[main] !== false
        const institutionNo = institutions.of(group.institutionId)
        rows.add([
          line,
          learnerNo,
          institutionNo,
          group.schoolYear,
          group.grade,
          group.name,
          isMain,
          first,
          last + 1,
          values[code] as string | null,
          classId,
          values[programme] as string | null,
          values[reason] as string | null,
          values[again] as boolean | null,
          values[minutes] as number | null,
        ])
        crowd.note(learnerNo, group.schoolYear * PLACES + (isMain ? 0 : institutionNo + 1))
      },
      get size() {
        return rows.size + crowded.size + learners.size
      },
      async send() {
        await learners.send()
        await rows.send(tx)
        await crowded.send(tx)
      },
    }
  }

  protected override forget() {
    this.#learners = undefined
    this.#classes = new KnownClasses()
  }

  protected async check({ tx }: Working): Promise<FoundTogether[]> {
    const mayRepeat = this.#learners!.mayRepeat
    await this.#learners!.find()
    await numberInstitutions(tx, this.#institutions.ids)
    await analyzeStaged(tx, ['staged_enrolment', 'staged_crowded', 'learner_of'])
    const look = mayRepeat ? 'by_id' : 'crowded'
    return [
      ...(this.#canJudge ? [inColumns(await checkLearners(tx, false, LISTED))] : []),
      inColumns(await overlappingEnrolments(tx, look, LISTED)),
    ]
  }

  protected async merge({ tx, importId }: Working): Promise<Merged> {
    const merged = await mergeEnrolments(tx, importId)
    if (!this.isComplete) return merged
    const lacking = await withdrawLackingEnrolments(tx, importId)
    return { ...merged, withdrawn: merged.withdrawn + lacking }
  }
}
