import { Zip, ZipPassThrough } from 'fflate'

/** A file in a zip. */
export interface ZippedFile {
  name: string
  bytes: Uint8Array
}

/**
 * A zip of files that are compressed already, made as fast as it is taken: no more than what `next` gives is held.
 *
 * @param next  some files, in their order in the zip; null behind the last
 */
export function zipOf(next: () => Promise<readonly ZippedFile[] | null>): ReadableStream<Uint8Array> {
  let waiting: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    waiting.push(chunk)
  })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const files = await next()
        if (files === null) zip.end()
        for (const { name, bytes } of files ?? []) {
          const file = new ZipPassThrough(name)
          zip.add(file)
          file.push(bytes, true)
        }
        for (const chunk of waiting) controller.enqueue(chunk)
        waiting = []
        if (files === null) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
