import { CopyRows, createStaging } from '#db/copy.ts'
import type { FoundTogether } from '#db/entity-checks.ts'
import type { Merged } from '#db/entity-versions.ts'
import {
  type KnownAssessment,
  knownAssessments,
  mergeResults,
  repeatedResults,
  stagedResult,
  withdrawLackingResults,
} from '#modules/records/index.ts'
import { checkLearners, numberInstitutions, rowsByLearner, stagedCrowded } from '#modules/registry/index.ts'
import { Crowd } from '../mapping/crowd.ts'
import { LISTED } from '../model.ts'
import type { Refuse } from '../read/fields.ts'
import type { Sink } from '../read/stage-rows.ts'
import { ContractPart, type Working } from './contract-part.ts'
import type { LineReader } from './entity-rows.ts'
import { inColumns } from './found.ts'
import { Numbers, ReferredLearners } from './learner-lines.ts'
import { analyzeStaged } from './staged-store.ts'

/** Results of learners in rounds, on the scale of the round. */
export class ResultsPart extends ContractPart {
  readonly #institutions = new Numbers()
  #assessments: ReadonlyMap<string, KnownAssessment> = new Map()
  #learners: ReferredLearners | undefined
  #canJudge = { learners: true, assessments: true, institutions: true }

  protected async prepare({ tx, references }: Working) {
    this.#learners = await ReferredLearners.prepare(tx, this.shared)
    this.#assessments = await knownAssessments(tx)
    this.#canJudge = {
      learners: !references.isUnmerged('learners'),
      assessments: !references.isUnmerged('assessments'),
      institutions: !references.isUnmerged('institutions'),
    }
    await createStaging(tx, stagedResult)
    await createStaging(tx, stagedCrowded)
  }

  protected open({ tx }: Working, reader: LineReader): Sink {
    const rows = new CopyRows(stagedResult)
    const crowded = new CopyRows(stagedCrowded)
    const crowd = new Crowd(crowded)
    const learners = this.#learners!.open(reader)
    const [assessments, institutions, canJudge] = [this.#assessments, this.#institutions, this.#canJudge]
    const at = (name: string) => reader.names.indexOf(name)
    const [round, place, points, status] = [at('assessment'), at('reg_number'), at('value'), at('status')]
    const ofParts = at('parts')
    return {
      add(row, line) {
        const values = reader.values(row, line)
        const learnerNo = learners.read(row, line)
        if (!values) return
        const code = values[round] as string
        const assessment = assessments.get(code)
        if (!assessment) {
          if (canJudge.assessments) {
            reader.refuse('reference.unknown', 'assessment', code, { entity: 'assessments' })
          }
          return
        }
        const value = values[points] as number
        const { minimum, maximum, no } = assessment
        if (value < minimum || value > maximum) {
          reader.refuse('value.out_of_range', 'value', String(value), { minimum, maximum })
          return
        }
        const parts = values[ofParts] as string | null
        if (parts !== null && !areRightParts(parts, assessment, reader.refuse)) return
        if (learnerNo === undefined || !canJudge.institutions) return
        const institutionNo = institutions.of(values[place] as number)
        const said = (values[status] as string | null) ?? 'official'
        rows.add([line, learnerNo, institutionNo, no, value, said, parts])
        crowd.note(learnerNo, -no)
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
    this.#assessments = new Map()
  }

  protected async check({ tx }: Working): Promise<FoundTogether[]> {
    await this.#learners!.find()
    await numberInstitutions(tx, this.#institutions.ids)
    await analyzeStaged(tx, ['staged_result', 'staged_crowded', 'learner_of', 'assessment_of'])
    const look = this.#learners!.mayRepeat ? 'by_id' : 'crowded'
    return [
      ...(this.#canJudge.learners ? [inColumns(await checkLearners(tx, false, LISTED))] : []),
      inColumns(await repeatedResults(tx, rowsByLearner('staged_result', look), LISTED)),
    ]
  }

  protected async merge({ tx, importId }: Working): Promise<Merged> {
    const merged = await mergeResults(tx, importId)
    if (!this.isComplete) return merged
    return { ...merged, withdrawn: merged.withdrawn + (await withdrawLackingResults(tx, importId)) }
  }
}

/** Whether points of parts are as many as the assessment has parts, and none above the most of its part. */
function areRightParts(parts: string, { maxima }: KnownAssessment, refuse: Refuse): boolean {
  const points = parts.slice(1, -1).split(',')
  if (maxima === null) {
    refuse('assessment.without_parts', 'parts', null)
    return false
  }
  if (points.length !== maxima.length) {
    refuse('assessment.parts', 'parts', null, { found: points.length, expected: maxima.length })
    return false
  }
  const over = points.findIndex((each, at) => each !== 'NULL' && Number(each) > maxima[at]!)
  if (over < 0) return true
  refuse('list.out_of_range', 'parts', points[over]!, {
    piece: points[over]!,
    minimum: 0,
    maximum: maxima[over]!,
  })
  return false
}
