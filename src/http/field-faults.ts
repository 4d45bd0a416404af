import type { z } from 'zod'
import type { FieldFault } from './problem.ts'

type Issue = z.core.$ZodIssue

/**
 * The fields a schema found wrong, in words of both languages. What was sent is never quoted: it may be anything.
 *
 * @param sent  the value that was checked; tells a missing field from a wrong one
 */
export function fieldFaults(issues: readonly Issue[], sent: unknown): FieldFault[] {
  return issues.map((issue) => ({
    field: issue.path.join('.') || 'body',
    fault: isMissing(sent, issue.path) ? missing : faultOf(issue),
  }))
}

const missing = { lv: 'Šis lauks ir jānorāda.', en: 'This field is required.' }
const wrong = { lv: 'Vērtība nav derīga.', en: 'The value is not valid.' }

function faultOf(issue: Issue): FieldFault['fault'] {
  if (issue.code === 'invalid_type') return types[issue.expected] ?? wrong
  if (issue.code === 'invalid_format') return formats[issue.format] ?? wrong
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.join(', ')
    return { lv: `Jābūt vienam no: ${allowed}.`, en: `Must be one of: ${allowed}.` }
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const isLength = issue.origin === 'string'
    const what = isLength ? { lv: 'Garums', en: 'Length' } : { lv: 'Vērtība', en: 'Value' }
    return issue.code === 'too_small'
      ? {
          lv: `${what.lv}: vismaz ${issue.minimum}.`,
          en: `${what.en}: at least ${issue.minimum}.`,
        }
      : {
          lv: `${what.lv}: ne vairāk kā ${issue.maximum}.`,
          en: `${what.en}: at most ${issue.maximum}.`,
        }
  }
  return wrong
}

const types: Partial<Record<string, FieldFault['fault']>> = {
  number: { lv: 'Jābūt skaitlim.', en: 'Must be a number.' },
  int: { lv: 'Jābūt veselam skaitlim.', en: 'Must be a whole number.' },
  string: { lv: 'Jābūt vienam tekstam.', en: 'Must be one text.' },
  object: { lv: 'Jābūt JSON objektam.', en: 'Must be a JSON object.' },
}

const formats: Partial<Record<string, FieldFault['fault']>> = {
  uuid: { lv: 'Jābūt identifikatoram (UUID).', en: 'Must be an identifier (UUID).' },
  safeint: { lv: 'Jābūt veselam skaitlim.', en: 'Must be a whole number.' },
}

function isMissing(sent: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    sent,
  )
  return path.length > 0 && value === undefined
}
