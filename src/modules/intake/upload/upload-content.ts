import type { Words } from '#terms/locale.ts'

/** What a file is, as far as its first bytes tell. */
export type Format = 'csv' | 'zip'

/** How many of the first bytes are looked at. */
export const HEAD = 4096

/** Why a file cannot be an upload; null: it may be one, and is looked at closely when it is read. */
export function contentFault(head: Buffer): Words | null {
  if (head.length === 0) return faults.empty
  if (isZip(head)) return null
  if (head.includes(0) || others.some((mark) => head.subarray(0, mark.length).equals(mark)))
    return faults.binary
  return /^\uFEFF?\s*<(!doctype|html|\?xml)/i.test(head.toString('utf8')) ? faults.page : null
}

export function formatOf(head: Buffer): Format {
  return isZip(head) ? 'zip' : 'csv'
}

function isZip(head: Buffer): boolean {
  return head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))
}

/** Beginnings of files that are no text although they may lack a NUL so early: PDF, gzip, bzip2, xz, 7-Zip, RAR, UTF-16. */
const others = ['%PDF', '\x1f\x8b', 'BZh', '\xfd7zXZ', "7z\xbc\xaf'\x1c", 'Rar!', '\xff\xfe', '\xfe\xff'].map(
  (mark) => Buffer.from(mark, 'latin1'),
)

const faults = {
  empty: { lv: 'Fails ir tukšs.', en: 'The file is empty.' },
  binary: {
    lv: 'Tas nav ne CSV, ne zip fails. Saglabājiet datus kā CSV (UTF-8) un sūtiet vēlreiz.',
    en: 'This is neither a CSV nor a zip file. Save the data as CSV (UTF-8) and send it again.',
  },
  page: {
    lv: 'Tā ir tīmekļa lapa vai XML, nevis CSV. Iespējams, lejupielādes vietā saglabāta pieteikšanās lapa.',
    en: 'This is a web page or XML, not CSV. Perhaps a sign-in page was saved instead of the download.',
  },
} satisfies Record<string, Words>
