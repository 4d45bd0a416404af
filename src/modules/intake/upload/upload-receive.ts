import { createHash } from 'node:crypto'
import { Problem } from '#http/problem.ts'
import type { Words } from '#terms/locale.ts'
import { contentFault, type Format, formatOf, HEAD } from './upload-content.ts'
import { beginUpload, type Uploads } from './upload-folder.ts'
import { BrokenForm, boundaryOf, readForm } from './upload-form.ts'

/** A file that has arrived whole and lies on the disk. */
export interface Received {
  id: string
  name: string
  bytes: number
  sha256: Buffer
  format: Format
}

const IDLE = 60_000 // ms without a byte after which a sender is gone

/**
 * Takes in a file from the body of a request, in constant memory: as a form with fields and one file, or bare. Refuses what is too
 * large or neither text nor zip as soon as it can be known. Nothing stays of what is refused or broken off.
 *
 * @param onField  a field of the form before the file; throws to refuse the rest
 * @throws         Problem
 */
export async function receive(
  uploads: Uploads,
  request: {
    body: AsyncIterable<Uint8Array>
    contentType: string
    name: string
    /** Throws when nothing said so far allows a file. */
    mayBegin: () => void
  },
  onField: (name: string, value: string) => void,
): Promise<Received> {
  const { body, contentType, name, mayBegin } = request
  const arriving = new ArrivingFile(uploads)
  try {
    const boundary = boundaryOf(contentType)
    if (boundary === null) {
      mayBegin()
      await arriving.begin(name)
      for await (const piece of patiently(body, IDLE)) await arriving.take(Buffer.from(piece))
    } else {
      await readForm(patiently(body, IDLE), boundary, {
        onField,
        onFile: async (_field, file) => {
          mayBegin()
          await arriving.begin(file)
          return (piece) => arriving.take(piece)
        },
      })
    }
    return await arriving.end()
  } catch (error) {
    await arriving.drop()
    if (error instanceof BrokenForm) throw fileProblem(faults.broken)
    throw error
  }
}

/** What to answer when something is wrong with the file. */
export function fileProblem(
  fault: Words,
  code: 'invalid_request' | 'too_large' = 'invalid_request',
): Problem {
  return new Problem(code, { errors: [{ field: 'file', fault }] })
}

/** The refusal of a file larger than the limit. */
export function tooLarge({ most }: Uploads): Problem {
  const megabytes = Math.floor(most / 1024 ** 2)
  return fileProblem(
    {
      lv: `Fails ir pārāk liels: atļauti ${megabytes} MB.`,
      en: `The file is too large: ${megabytes} MB are allowed.`,
    },
    'too_large',
  )
}

class ArrivingFile {
  readonly #uploads: Uploads
  readonly #hash = createHash('sha256')
  #file: Awaited<ReturnType<typeof beginUpload>> | undefined
  #name = ''
  #head = Buffer.alloc(0)
  #bytes = 0

  constructor(uploads: Uploads) {
    this.#uploads = uploads
  }

  async begin(name: string) {
    this.#name = name
    this.#file = await beginUpload(this.#uploads)
  }

  async take(piece: Buffer) {
    this.#bytes += piece.length
    if (this.#bytes > this.#uploads.most) throw tooLarge(this.#uploads)
    if (this.#head.length < HEAD) {
      this.#head = Buffer.concat([this.#head, piece.subarray(0, HEAD - this.#head.length)])
      if (this.#head.length === HEAD) this.#look()
    }
    this.#hash.update(piece)
    await this.#file!.write(piece)
  }

  async end(): Promise<Received> {
    if (!this.#file || (this.#name === '' && this.#bytes === 0)) throw fileProblem(faults.none)
    this.#look()
    await this.#file.keep()
    const { id } = this.#file
    return {
      id,
      name: this.#name,
      bytes: this.#bytes,
      sha256: this.#hash.digest(),
      format: formatOf(this.#head),
    }
  }

  async drop() {
    await this.#file?.drop()
  }

  #look() {
    const fault = contentFault(this.#head)
    if (fault) throw fileProblem(fault)
  }
}

/** The pieces of a body, as long as they keep coming. */
async function* patiently(body: AsyncIterable<Uint8Array>, idle: number): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]()
  for (;;) {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(fileProblem(faults.broken)), idle)
    })
    // A sender who goes away ends the body with an error of its own; to us it is broken off like any other.
    const next = pieces.next().catch(() => Promise.reject(fileProblem(faults.broken)))
    next.catch(() => {}) // may come after the time was up
    const { done, value } = await Promise.race([next, late]).finally(() => clearTimeout(timer))
    if (done) return
    yield value
  }
}

const faults = {
  none: { lv: 'Izvēlieties failu.', en: 'Choose a file.' },
  broken: {
    lv: 'Augšupielāde pārtrūka, no faila nekas nav saglabāts. Sūtiet vēlreiz.',
    en: 'The upload broke off, nothing of the file was kept. Send it again.',
  },
} satisfies Record<string, Words>
