/** A form that is not what its sender says it is. */
export class BrokenForm extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'BrokenForm'
  }
}

export interface FormParts {
  /** A field before the file; throws to refuse the rest. */
  onField(name: string, value: string): void
  /** The file begins. Pieces of it go to what is returned. */
  onFile(name: string, file: string): Promise<(piece: Buffer) => Promise<void>>
}

const LONGEST_HEAD = 8 * 1024 // bytes of the headers of a part
const LONGEST_FIELD = 1024 // bytes
const MOST_FIELDS = 20

/**
 * The boundary of a form's content type; null when it is no form with files.
 *
 * @throws  BrokenForm for a form that does not say where its parts end
 */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null
  const found = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  if (!boundary) throw new BrokenForm('no boundary')
  return boundary
}

/**
 * Reads a form (RFC 7578) with small fields and one file, piece by piece: nothing of the file is ever held but the piece at hand.
 * What follows the file is not read.
 *
 * @throws  BrokenForm; what the handlers throw
 */
export async function readForm(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  { onField, onFile }: FormParts,
): Promise<void> {
  const pieces = new Pieces(body)
  const line = Buffer.from(`\r\n--${boundary}`, 'latin1')
  await pieces.until(line, async () => {}) // what stands before the first part
  for (let parts = 0; parts <= MOST_FIELDS; parts += 1) {
    const next = await pieces.small(Buffer.from('\r\n'), 4)
    if (next.toString('latin1').startsWith('--')) return
    const head = (await pieces.small(Buffer.from('\r\n\r\n'), LONGEST_HEAD)).toString('utf8')
    const { name, file } = disposition(head)
    if (file === null) {
      onField(name, (await pieces.small(line, LONGEST_FIELD)).toString('utf8'))
      continue
    }
    return pieces.until(line, await onFile(name, file))
  }
  throw new BrokenForm('too many fields')
}

/** `form-data; name="file"; filename="a.csv"`; browsers write a quote in a name as %22. */
function disposition(head: string): { name: string; file: string | null } {
  const line = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? ''
  const value = (of: string) =>
    new RegExp(`(?:^|;)\\s*${of}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(line)?.[1]?.replaceAll('%22', '"')
  const name = value('name')
  if (name === undefined) throw new BrokenForm('a part has no name')
  return { name, file: value('filename') ?? null }
}

/** The bytes of a body in order, cut where a mark stands. */
class Pieces {
  readonly #body: AsyncIterator<Uint8Array>
  #rest = Buffer.from('\r\n') // so that the first boundary looks like the others

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#body = body[Symbol.asyncIterator]()
  }

  /** Hands on everything before the mark, which is passed over. */
  async until(mark: Buffer, take: (piece: Buffer) => Promise<void>): Promise<void> {
    for (;;) {
      const at = this.#rest.indexOf(mark)
      const to = at >= 0 ? at : Math.max(0, this.#rest.length - mark.length + 1)
      if (to > 0) await take(this.#rest.subarray(0, to))
      this.#rest = this.#rest.subarray(at >= 0 ? at + mark.length : to)
      if (at >= 0) return
      const { done, value } = await this.#body.next()
      if (done) throw new BrokenForm('the form ends in the middle')
      this.#rest = this.#rest.length === 0 ? Buffer.from(value) : Buffer.concat([this.#rest, value])
    }
  }

  /** The same where it must be short. */
  async small(mark: Buffer, most: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    let size = 0
    await this.until(mark, async (piece) => {
      size += piece.length
      if (size > most) throw new BrokenForm('a field is too long')
      pieces.push(piece)
    })
    return Buffer.concat(pieces)
  }
}
