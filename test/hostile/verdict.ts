import { sentinel } from '../api/planted.ts'

/** Words that only a program, a database or a file system would say. */
const inner =
  /\bat [^ ]+ \(|\.(ts|js):\d+|node_modules|node:internal|permission denied|syntax error|violates|relation "|column "|pg_|ikms_(app|job|public|definer)|SQLSTATE|\bselect .+ from\b|\binsert into\b/i

/** What is wrong with the answer to a hostile request, or null. */
export function fault(
  { status, type, body }: { status: number; type: string | null; body: string },
  may: { see: (school: number, pupil: number) => boolean; seeHidden: boolean },
): string | null {
  // Where no Chromium is free a PDF is refused, and the refusal says what to do instead.
  const isToldWhy = status === 503 && body.includes('"code":"no_pdf"')
  if (status >= 500 && !isToldWhy) return `stumbled with ${status}`
  if (status >= 400) {
    if (!type?.startsWith('application/problem+json')) return `refused as ${type}`
    if (inner.test(body)) return 'a refusal tells of the inside'
  }
  for (const [, school, pupil] of body.matchAll(new RegExp(`${sentinel}[- ](\\d+)[- ](\\d+)`, 'g'))) {
    if (!may.see(Number(school), Number(pupil))) return `names pupil ${pupil} of school ${school}`
  }
  if (!may.seeHidden && hiddenFigure.test(body)) return 'tells a hidden figure of another municipality'
  return null
}

/** Points that only the four pupils of the small school of the second municipality have, and therefore its mean. */
export const hiddenPoints = 6.8125
const hiddenFigure = /(?<!\d[.,:]?)6[.,]81/
