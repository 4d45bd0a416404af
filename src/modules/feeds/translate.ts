import { z } from 'zod'

/** How the codes of a source become values of the contract. */
export const Codes = z.strictObject({
  values: z.record(z.string(), z.string()).optional().describe('code of the source → value'),
  pattern: z
    .string()
    .refine(isPattern, { error: 'expected a regular expression with one group' })
    .optional()
    .describe('codes of this form too; the group is the value: ^Y(\\d+)$'),
})
export type Codes = z.output<typeof Codes>

/** The value of a code; undefined where nothing is said of it. With no rule at all the code is the value. */
export function valueOfCode({ values, pattern }: Codes, code: string): string | undefined {
  if (values && Object.hasOwn(values, code)) return values[code]
  if (pattern !== undefined) return new RegExp(pattern, 'u').exec(code)?.[1]
  return values ? undefined : code
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(`${text}|`, 'u').exec('')?.length === 2
  } catch {
    return false
  }
}
