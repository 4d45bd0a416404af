import type { FoundInRows, FoundTogether } from '#db/entity-checks.ts'
import type { Merged } from '#db/entity-versions.ts'
import {
  type Described,
  type DescribedAssessment,
  knownAssessmentCodes,
  knownScales,
  makeAssessment,
  makeScale,
} from '#modules/records/index.ts'
import type { Sink } from '../read/stage-rows.ts'
import { dayText } from '../read/values.ts'
import { ContractPart, type Working } from './contract-part.ts'
import type { LineReader, Value } from './entity-rows.ts'

/** A file that takes the wrong columns must not fill the memory. */
const MOST = 10_000

type Told = { line: number; of: (name: string) => Value }

/** Scales and assessments: few, and never described anew; one that changes gets another code. */
export class DescriptionsPart extends ContractPart {
  readonly #told: Told[] = []
  #added = 0

  protected async prepare() {}

  protected open(_: Working, reader: LineReader): Sink {
    const told = this.#told
    return {
      add(row, line) {
        const values = reader.values(row, line)
        if (!values) return
        if (told.length >= MOST) return void reader.refuse('row.too_many', null, null, { limit: MOST })
        told.push({ line, of: (name) => values[reader.names.indexOf(name)] ?? null })
      },
      size: 0,
      send: async () => {},
    }
  }

  protected async check(working: Working): Promise<FoundTogether[]> {
    const found: FoundInRows[] = []
    const lines = new Map<string, number>()
    for (const { line, of } of this.#told) {
      const code = String(of('code'))
      const otherLine = lines.get(code)
      if (otherLine === undefined) lines.set(code, line)
      else found.push({ line, column: null, rule: 'row.repeated', value: null, detail: { otherLine } })
    }
    if (found.length === 0) {
      found.push(
        ...(this.entity === 'scales' ? await this.#scales(working) : await this.#assessments(working)),
      )
    }
    return [{ found, total: found.length }]
  }

  async #scales({ tx }: Working): Promise<FoundInRows[]> {
    const found: FoundInRows[] = []
    for (const { line, of } of this.#told) {
      const [minimum, maximum] = [of('minimum') as number, of('maximum') as number]
      if (minimum >= maximum) {
        found.push({
          line,
          column: 'maximum',
          rule: 'scale.upside_down',
          value: String(maximum),
          detail: { minimum },
        })
        continue
      }
      const name = { lv: String(of('name_lv')), en: String(of('name_en')) }
      const code = String(of('code'))
      found.push(...this.#became(line, code, await makeScale(tx, { code, name, minimum, maximum })))
    }
    return found
  }

  async #assessments({ tx, importId, references }: Working): Promise<FoundInRows[]> {
    const scales = await knownScales(tx)
    const known = await knownAssessmentCodes(tx)
    const unknown = ({ line }: Told, column: string, value: string, entity: string): FoundInRows => ({
      line,
      column,
      rule: 'reference.unknown',
      value,
      detail: { entity },
    })
    const found: FoundInRows[] = []
    // What progress is measured from is made first, wherever in the file it stands.
    let left = this.#told
    for (let before = -1; before !== left.length && left.length > 0; ) {
      before = left.length
      const later: Told[] = []
      for (const each of left) {
        const { line, of } = each
        const [code, scale, startsFrom] = [
          String(of('code')),
          String(of('scale')),
          of('starts_from') as string | null,
        ]
        if (startsFrom !== null && !known.has(startsFrom)) {
          later.push(each)
          continue
        }
        known.add(code)
        const limits = scales.get(scale)
        if (limits) {
          const wrong = [thresholdOutside(each, limits), cutsDescend(each)].filter(
            (fault) => fault !== undefined,
          )
          if (wrong.length > 0) found.push(...wrong)
          else found.push(...this.#became(line, code, await makeAssessment(tx, importId, described(of))))
        } else if (!references.isUnmerged('scales')) found.push(unknown(each, 'scale', scale, 'scales'))
      }
      left = later
    }
    return [
      ...found,
      ...left.map((each) => unknown(each, 'starts_from', String(each.of('starts_from')), 'assessments')),
    ]
  }

  #became(line: number, code: string, { isNew, differs, other }: Described): FoundInRows[] {
    if (isNew) this.#added += 1
    if (other !== null) {
      return [{ line, column: 'subject', rule: 'assessment.same_series', value: null, detail: { other } }]
    }
    return differs === ''
      ? []
      : [{ line, column: null, rule: 'assessment.differs', value: code, detail: { code, differs } }]
  }

  protected async merge(): Promise<Merged> {
    const [added, all] = [this.#added, this.#told.length]
    return { added, changed: 0, withdrawn: 0, unchanged: all - added }
  }
}

function described(of: Told['of']): DescribedAssessment {
  const [grade, heldOn, startsFrom] = [of('grade'), of('held_on'), of('starts_from')]
  const [kind, level, threshold, parts, cuts] = [
    of('kind'),
    of('level'),
    of('threshold'),
    of('parts'),
    of('cuts'),
  ]
  return {
    code: String(of('code')),
    subject: String(of('subject')),
    name: { lv: String(of('name_lv')), en: String(of('name_en')) },
    schoolYear: of('school_year') as number,
    grade: grade === null ? undefined : (grade as number),
    heldOn: heldOn === null ? undefined : dayText(heldOn as number),
    scale: String(of('scale')),
    startsFrom: startsFrom === null ? undefined : String(startsFrom),
    kind: (kind ?? undefined) as DescribedAssessment['kind'],
    level: (level ?? undefined) as DescribedAssessment['level'],
    threshold: threshold === null ? undefined : (threshold as number),
    parts: parts === null ? undefined : partsOf(String(parts)),
    cuts: cuts === null ? undefined : numbersOf(String(cuts)),
  }
}

function thresholdOutside(
  { line, of }: Told,
  { minimum, maximum }: { minimum: number; maximum: number },
): FoundInRows | undefined {
  const threshold = of('threshold')
  if (threshold === null || ((threshold as number) >= minimum && (threshold as number) <= maximum))
    return undefined
  const [column, rule] = ['threshold', 'threshold.outside_scale']
  return { line, column, rule, value: String(threshold), detail: { minimum, maximum } }
}

function cutsDescend({ line, of }: Told): FoundInRows | undefined {
  const cuts = of('cuts')
  if (cuts === null) return undefined
  const [second, third, fourth] = numbersOf(String(cuts)) as [number, number, number]
  if (second < third && third < fourth) return undefined
  return { line, column: 'cuts', rule: 'assessment.cuts', value: null, detail: {} }
}

function numbersOf(array: string): number[] {
  return array.slice(1, -1).split(',').map(Number)
}

/** Names and most points, from the two arrays a list was read into. */
function partsOf(read: string): NonNullable<DescribedAssessment['parts']> {
  const [names, maxima] = read.split('|').map((array) => array.slice(1, -1).split(','))
  return { names: names!, maxima: maxima!.map(Number) }
}
