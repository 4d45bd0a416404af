import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Transform } from 'node:stream'
import { z } from 'zod'
import { type PersonKeys, subjectOf } from './person-keys.ts'

/** Which columns of a table identify whom, and what a restore makes of a row whose key is gone. */
export const PersonColumns = z.object({
  bank: z.string(),
  kind: z.string(),
  /** column with the number of the person */
  by: z.string(),
  columns: z.array(z.string()).min(1),
  lost: z.enum(['drop', 'blank']),
})
export type PersonColumns = z.infer<typeof PersonColumns>

const NONCE = 12
const TAG = 16
const NULL = '\\N' // as COPY writes it

/**
 * Seals what identifies somebody in rows as COPY writes them: the first of the columns then holds all of them, sealed with
 * AES-256-GCM under the person's own key; the others hold nothing.
 */
export function sealPeople(columns: readonly string[], of: PersonColumns, { keys }: PersonKeys): Transform {
  const { by, at } = places(columns, of)
  return eachRow((row) => {
    const subject = subjectOf(of.bank, of.kind, row[by]!)
    const nonce = randomBytes(NONCE)
    // Whoever is gone has no key: a row that is still there is sealed with one that nobody keeps.
    const key = keys.get(subject)
    const cipher = createCipheriv('aes-256-gcm', key ? Buffer.from(key, 'base64') : randomBytes(32), nonce)
    cipher.setAAD(Buffer.from(subject))
    const plain = at.map((place) => row[place]).join('\t')
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    for (const place of at) row[place] = NULL
    row[at[0]!] = sealed.toString('base64')
    return row
  })
}

/** Opens what `sealPeople` sealed. Rows of people whose key is gone are left out, or left without what identified them. */
export function openPeople(
  columns: readonly string[],
  of: PersonColumns,
  { keys }: Pick<PersonKeys, 'keys'>,
  onLost: () => void,
): Transform {
  const { by, at } = places(columns, of)
  return eachRow((row) => {
    const subject = subjectOf(of.bank, of.kind, row[by]!)
    const plain = opened(row[at[0]!]!, subject, keys.get(subject))
    if (plain === null) {
      onLost()
      if (of.lost === 'drop') return null
      for (const place of at) row[place] = NULL
      return row
    }
    const values = plain.split('\t')
    at.forEach((place, n) => {
      row[place] = values[n]!
    })
    return row
  })
}

function places(columns: readonly string[], { by, columns: own }: PersonColumns) {
  return { by: columns.indexOf(by), at: own.map((column) => columns.indexOf(column)) }
}

/** Null where the key is gone or is not the one that sealed this. */
function opened(value: string, subject: string, key: string | undefined): string | null {
  if (!key) return null
  const bytes = Buffer.from(value, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), bytes.subarray(0, NONCE))
    .setAAD(Buffer.from(subject))
    .setAuthTag(bytes.subarray(bytes.length - TAG))
  try {
    const plain = decipher.update(bytes.subarray(NONCE, bytes.length - TAG))
    return Buffer.concat([plain, decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** Rows of COPY as text, field by field: inside a row every tab and line end is escaped. */
function eachRow(work: (row: string[]) => string[] | null): Transform {
  let rest = ''
  const decoder = new TextDecoder()
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop()!
      let text = ''
      for (const line of lines) {
        const row = work(line.split('\t'))
        if (row) text += `${row.join('\t')}\n`
      }
      done(null, text)
    },
    flush(done) {
      done(rest === '' ? null : new Error('a row of COPY has no end'))
    },
  })
}
