import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { country, manifest, newPackages } from '#test/intake-package.ts'
import { ImportProblem } from '../index.ts'

const { folder, importsAt, rows } = await newPackages()

/** One file of an archive as it is told in its table of contents; what is not given is true. */
interface Member {
  name: string
  content?: string | Buffer
  /** bytes it says it has when unpacked */
  says?: number
  /** what it says its checksum is */
  checksum?: number
  flags?: number
  /** kind and rights, as Unix writes them */
  mode?: number
  stored?: boolean
}

let made = 0

/** Writes an archive byte by byte (APPNOTE.TXT 4.3), so that it can lie. */
function archive(members: readonly Member[]): string {
  made += 1
  const path = join(folder, `archive-${made}.zip`)
  const file = openSync(path, 'w')
  const contents: Buffer[] = []
  let at = 0
  for (const {
    name,
    content = '',
    says,
    checksum,
    flags = 0x800,
    mode = 0o100644,
    stored = false,
  } of members) {
    const raw = Buffer.from(content)
    const packed = stored ? raw : deflateRawSync(raw)
    const bytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(checksum ?? crc32(raw), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(says ?? raw.length, 18)
    common.writeUInt16LE(bytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, bytes, packed])
    const entry = Buffer.concat([
      Buffer.from('PK\x01\x02', 'latin1'),
      Buffer.of(20, 3),
      common,
      Buffer.alloc(14),
      bytes,
    ])
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(at, 42)
    contents.push(entry)
    at += writeSync(file, local)
  }
  const table = Buffer.concat(contents)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(at, 16)
  writeSync(file, Buffer.concat([table, end]))
  closeSync(file)
  return path
}

const about: Member = { name: 'manifest.json', content: JSON.stringify(manifest) }
const founders: Member = { name: 'founders.csv', content: `${country.founders[0]}\nF1,private,Viens,One,\n` }

const refusal = async (path: string) => {
  const error = await importsAt(path).catch((caught: unknown) => caught)
  return error instanceof ImportProblem ? error.code : error
}

test('an archive is a package, its files at the root or in one folder', async () => {
  expect(await importsAt(archive([about, founders]))).toMatchObject({ state: 'merged', rowsRead: 1 })
  const inFolder = [about, founders].map((each) => ({ ...each, name: `eksports/${each.name}` }))
  expect(await importsAt(archive([{ name: 'eksports/' }, ...inFolder]))).toMatchObject({ state: 'unchanged' })
})

test('a whole country comes in an archive', async () => {
  const files = Object.entries(country).map(([name, lines]) => ({
    name: `${name}.csv`,
    content: `${lines.join('\n')}\n`,
  }))
  const report = await importsAt(archive([...files, about]))
  expect(report.refusalList).toEqual([])
  expect(report).toMatchObject({ state: 'merged', counts: { enrolments: { added: 2 } } })
})

const tricks: [what: string, code: string, members: Member[]][] = [
  ['a name that climbs out', 'zip.path', [{ ...founders, name: '../founders.csv' }]],
  ['a name that climbs out further down', 'zip.path', [{ ...founders, name: 'a/../../founders.csv' }]],
  ['an absolute name', 'zip.path', [{ ...founders, name: '/etc/founders.csv' }]],
  ['a drive', 'zip.path', [{ ...founders, name: 'C:founders.csv' }]],
  ['backslashes', 'zip.path', [{ ...founders, name: '..\\founders.csv' }]],
  ['a NUL in a name', 'zip.path', [{ ...founders, name: 'founders.csv\0.txt' }]],
  ['a symbolic link', 'zip.link', [{ name: 'founders.csv', content: '/etc/passwd', mode: 0o120777 }]],
  ['a device', 'zip.link', [{ name: 'founders.csv', mode: 0o020666 }]],
  ['a locked file', 'zip.encrypted', [{ ...founders, flags: 0x801 }]],
  ['an archive within', 'zip.nested', [{ name: 'inner.zip', content: 'PK' }]],
  ['a name twice', 'zip.repeated', [founders, founders]],
  ['a name twice, large and small', 'zip.repeated', [founders, { ...founders, name: 'FOUNDERS.csv' }]],
  ['a file nobody asked for', 'package.unknown_file', [founders, { name: 'README.txt', content: 'x' }]],
  [
    'a known file in a folder of its own',
    'package.unknown_file',
    [founders, { ...founders, name: 'old/founders.csv' }],
  ],
  [
    'more files than there are entities',
    'zip.too_many',
    Array.from({ length: 101 }, (_, at) => ({ name: `${at}.csv` })),
  ],
  ['much out of little', 'zip.bomb', [{ name: 'founders.csv', content: Buffer.alloc(4 * 1024 * 1024) }]],
  ['a file that says it is enormous', 'zip.bomb', [{ ...founders, says: 0xfffffffe }]],
]

test.each(tricks)('%s: refused as %s before anything is unpacked', async (_, code, members) => {
  const imports = async () =>
    (await rows<{ n: number }>('select count(*)::int as n from intake.import'))[0]!.n
  const before = await imports()
  expect(await refusal(archive([about, ...members]))).toBe(code)
  expect(await imports()).toBe(before)
})

test('files that share their bytes are refused: a small archive must not become endless', async () => {
  const path = archive([about, { ...founders, stored: true, content: Buffer.alloc(500_000, 'a') }])
  const bytes = readFileSync(path)
  // Every name but one points at the same bytes.
  const table = bytes.readUInt32LE(bytes.length - 6)
  const entry = bytes.subarray(bytes.indexOf('PK\x01\x02', table + 4, 'latin1'), bytes.length - 22)
  const copies = ['learners.csv', 'staff.csv', 'scales.csv', 'results.csv'].map((name) => {
    const copy = Buffer.concat([entry.subarray(0, 46), Buffer.from(name)])
    copy.writeUInt16LE(name.length, 28)
    return copy
  })
  const end = Buffer.from(bytes.subarray(bytes.length - 22))
  end.writeUInt16LE(6, 8)
  end.writeUInt16LE(6, 10)
  end.writeUInt32LE(bytes.length - 22 - table + copies.reduce((sum, each) => sum + each.length, 0), 12)
  const overlapping = join(folder, 'overlapping.zip')
  writeFileSync(overlapping, Buffer.concat([bytes.subarray(0, bytes.length - 22), ...copies, end]))
  expect(await refusal(overlapping)).toBe('zip.bomb')
})

test('a file that is longer than it says, or not what its checksum says, refuses the package whole', async () => {
  for (const lie of [{ says: 10 }, { checksum: 1 }, { says: 100_000 }]) {
    const report = await importsAt(
      archive([about, { ...founders, content: `${founders.content}F2,private,B,B,\n`, ...lie }]),
    )
    expect(report).toMatchObject({
      state: 'refused',
      failure: 'zip.damaged',
      refusalList: [{ rule: 'zip.damaged' }],
    })
  }
  expect(await rows(`select from registry.founder_version where code = 'F2'`)).toEqual([])
})

test('what is no archive, or half of one, is not begun', async () => {
  const path = archive([about, founders])
  const bytes = readFileSync(path)
  const write = (content: Buffer | string) => {
    made += 1
    const file = join(folder, `other-${made}.zip`)
    writeFileSync(file, content)
    return file
  }
  expect(await refusal(write('code,kind\n'))).toBe('zip.not_a_zip')
  expect(await refusal(write(''))).toBe('zip.not_a_zip')
  expect(await refusal(write(bytes.subarray(0, bytes.length - 30)))).toBe('zip.not_a_zip')
  expect(await refusal(write(Buffer.concat([bytes.subarray(40), bytes])))).not.toBe('file.missing')
  expect(await refusal(archive([founders]))).toBe('manifest.missing')
})
