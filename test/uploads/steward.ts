import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Upload } from '#modules/intake/model.ts'
import { afterFile } from '../after-file.ts'
import { newWorld, type Signed, type WorldOptions } from '../world.ts'

const MB = 1024 ** 2

/** A system with a folder for uploads, and a steward who sends files. */
export async function newUploadWorld({ most = MB, ...options }: WorldOptions & { most?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ikms-uploads-'))
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  const world = await newWorld({ data: 'none', ...options, uploads: { folder, most } })
  await world.addPerson('steward')
  const steward = await world.signIn('steward')

  const write = (path: string, method: string, body?: unknown, person: Signed | undefined = steward) =>
    world.get(`/api/v1${path}`, person, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(person && { 'x-csrf': person.csrf }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  /** Sends a file as a browser does: a form, its token first. */
  const sendForm = (content: string | Buffer, name = 'data.csv', csrf = steward.csrf) => {
    const form = new FormData()
    form.append('csrf', csrf)
    form.append('file', new Blob([content as Buffer<ArrayBuffer>]), name)
    return world.get('/api/v1/uploads', steward, { method: 'POST', body: form })
  }
  return {
    ...world,
    folder,
    steward,
    write,
    /** Names of the files that lie in the folder of uploads. */
    files: () => readdirSync(folder),
    sendForm,
    /** Sends a file as a program does. */
    sendBare: (
      content: string | Buffer | ReadableStream,
      headers: Record<string, string> = {},
      person = steward,
    ) =>
      world.get('/api/v1/uploads', person, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'x-csrf': person.csrf, ...headers },
        body: content,
        duplex: 'half',
      } as RequestInit),
    async sent(content: string | Buffer, name?: string): Promise<Upload> {
      const answer = await sendForm(content, name)
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Upload
    },
    upload: (id: string) => world.read<Upload>(`/uploads/${id}`, steward),
  }
}

/** Status and code of a refusal, with what is said of the fields. */
export async function refusalOf(answer: Response): Promise<[number, string, ...string[]]> {
  const { code, errors = [] } = (await answer.json()) as { code: string; errors?: { message: string }[] }
  return [answer.status, code, ...errors.map(({ message }) => message)]
}
