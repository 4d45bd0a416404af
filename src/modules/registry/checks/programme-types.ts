import { generalProgrammes } from '#terms/programme.ts'

/**
 * Whether a programme code is of preschool, basic or general secondary education: its first two digits (Latvian classification of
 * education). The others are trades, whose seventh digit says no language and which may be begun again.
 *
 * @param code  SQL of the code
 */
export function isGeneral(code: string): string {
  return `substr(${code}, 1, 2) in (${generalProgrammes.map((each) => `'${each}'`).join(', ')})`
}
