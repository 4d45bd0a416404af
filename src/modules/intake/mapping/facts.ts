import type { CopyRows } from '#db/copy.ts'
import type { stagedResult } from '#modules/records/index.ts'
import type { stagedEnrolment } from '#modules/registry/index.ts'
import { always, type Field, field, type Refuse } from '../read/fields.ts'
import { day, dayNumber, dayText, integer, number, oneOf, text } from '../read/values.ts'
import type { Crowd } from './crowd.ts'
import type { Mapping } from './mapping.ts'

type Subject = { line: number; learnerNo: number; institutionNo: number }
type ToEnrolments = CopyRows<(typeof stagedEnrolment)['columns']>
type ToResults = CopyRows<(typeof stagedResult)['columns']>

/** What a mapping does not speak of: the source's number, class, programme, reason for leaving, repetition, way to school. */
const noMore = [null, null, null, null, null, null] as const

/** More than there are institutions in a file: year and place make one number. */
export const PLACES = 1_000_000

/** What a row says of one enrolment or result: a row to stage, null when it says nothing, undefined when it was refused. */
export type Fact = ((subject: Subject) => void) | null | undefined
export type FactReader = (row: readonly string[], refuse: Refuse) => Fact

/** Reads one enrolment of the mapping. */
export function enrolmentReader(
  enrolment: Mapping['enrolments'][number],
  path: string,
  columns: ReadonlyMap<string, number>,
  to: ToEnrolments,
  crowd: Crowd,
): FactReader {
  const { main, optional } = enrolment
  const schoolYear = field(
    enrolment.schoolYear,
    { kind: integer(1990, 2100), path: `${path}.schoolYear`, optional },
    columns,
  )
  const grade = field(enrolment.grade, { kind: integer(0, 13), path: `${path}.grade`, optional }, columns)
  const className = optionalField(enrolment.className, text(20), `${path}.className`, columns)
  const from = optionalField(enrolment.from, day, `${path}.from`, columns)
  const last = optionalField(enrolment.to, day, `${path}.to`, columns)
  const years = schoolYearsInDays()
  return (row, refuse) => {
    const inYear = schoolYear.read(row, refuse)
    const inGrade = grade.read(row, refuse)
    const inClass = className.read(row, refuse)
    const fromDay = from.read(row, refuse)
    const lastDay = last.read(row, refuse)
    if (inYear === undefined || inGrade === undefined || inClass === undefined) return undefined
    if (fromDay === undefined || lastDay === undefined) return undefined
    if (inYear === null || inGrade === null) return null
    const year = years(inYear)
    const first = fromDay ?? year.first
    const end = lastDay ?? year.last
    if (end < first) {
      refuse('enrolment.ends_before_start', last.column ?? from.column, dayText(end))
      return undefined
    }
    if (first < year.first || end > year.last) {
      const [column, value] = first < year.first ? [from.column, first] : [last.column, end]
      refuse('enrolment.outside_school_year', column, dayText(value), {
        first: dayText(year.first),
        last: dayText(year.last),
      })
      return undefined
    }
    return ({ line, learnerNo, institutionNo }) => {
      to.add([line, learnerNo, institutionNo, inYear, inGrade, inClass, main, first, end + 1, ...noMore])
      crowd.note(learnerNo, inYear * PLACES + (main ? 0 : institutionNo + 1))
    }
  }
}

/** Reads one result of the mapping; where the value is empty and may be, there is none. */
export function resultReader(
  result: Mapping['results'][number],
  mapping: Mapping,
  path: string,
  columns: ReadonlyMap<string, number>,
  to: ToResults,
  crowd: Crowd,
): FactReader {
  const assessmentNo = mapping.assessments.findIndex(({ code }) => code === result.assessment)
  const scale = mapping.scales.find(({ code }) => code === mapping.assessments[assessmentNo]!.scale)!
  const value = field(
    result.value,
    { kind: number(scale.minimum, scale.maximum), path: `${path}.value` },
    columns,
  )
  const statuses = oneOf(['preliminary', 'after_appeal', 'official'] as const)
  const status = field(result.status, { kind: statuses, path: `${path}.status` }, columns)
  return (row, refuse) => {
    const points = value.read(row, refuse)
    if (points === null) return null
    const known = status.read(row, refuse)
    if (points === undefined || known === undefined || known === null) return undefined
    return ({ line, learnerNo, institutionNo }) => {
      to.add([line, learnerNo, institutionNo, assessmentNo, points, known, null])
      crowd.note(learnerNo, -1 - assessmentNo)
    }
  }
}

function optionalField<T>(
  source: Parameters<typeof field<T>>[0] | undefined,
  kind: Parameters<typeof field<T>>[1]['kind'],
  path: string,
  columns: ReadonlyMap<string, number>,
): Field<T> {
  return source ? field(source, { kind, path, optional: true }, columns) : always<T>(null)
}

/** First and last day of a school year, 1 September and 31 August. */
export function schoolYearsInDays() {
  const known = new Map<number, { first: number; last: number }>()
  return (year: number) => {
    const found = known.get(year) ?? { first: dayNumber(year - 1, 9, 1)!, last: dayNumber(year, 8, 31)! }
    known.set(year, found)
    return found
  }
}
