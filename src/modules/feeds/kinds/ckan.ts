import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse'
import { z } from 'zod'
import { ImportedKind } from '#modules/intake/model.ts'
import { dayOf } from '#terms/day.ts'
import { SourceUrl } from '../auth.ts'
import { connector } from '../connector.ts'
import { type PackageHead, RowPackage } from '../row-package.ts'
import { SourceFault } from '../source-fault.ts'
import { Codes, valueOfCode } from '../translate.ts'

const Columns = z.record(
  z.string(),
  z.union([z.strictObject({ constant: z.string() }), Codes.extend({ column: z.string() })]),
)

const Settings = z.strictObject({
  url: SourceUrl.describe('of the portal; /api/3/action/ is asked below it'),
  dataset: z.string().describe('name or id of the data set'),
  resource: z.string().describe('name or id of the resource in it: a CSV file'),
  hosts: z.array(z.string()).default([]).describe('hosts besides that of the portal the file may lie on'),
  read: z.union([
    z.strictObject({ mapping: z.string().describe('name of a kept mapping') }),
    z.strictObject({
      source: z
        .string()
        .max(100)
        .regex(/^[a-z0-9-]+$/, { error: 'expected small letters, digits and dashes' }),
      dataKind: ImportedKind,
      entity: z.string().describe('file of the import contract'),
      columns: Columns.describe('column of the contract → column of the file and how its codes are read'),
      delimiter: z.enum([',', ';', '\t', '|']).default(','),
      others: z
        .enum(['refuse', 'skip'])
        .default('refuse')
        .describe('a line with a code nothing is said of: another file than agreed, or not for us'),
    }),
  ]),
})
type Settings = z.output<typeof Settings>
type Read = Extract<Settings['read'], { entity: string }>

const State = z.object({
  modified: z.string().optional().describe('when the resource that was taken over had been changed'),
})

const Shown = z.object({
  success: z.literal(true),
  result: z.object({
    metadata_modified: z.string(),
    resources: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullish(),
        url: z.string(),
        last_modified: z.string().nullish(),
      }),
    ),
  }),
})

const LARGEST = 1024 ** 3 // bytes of a file
const MOST = 2_000_000 // lines that become rows of one package

/** A CSV file of an open data portal: CKAN's action API, version 3. */
export const ckan = connector<Settings, z.output<typeof State>>({
  kind: 'ckan',
  settings: Settings,
  state: State,
  place: ({ url, dataset }) => `${url} ${dataset}`,
  async *deliveries({ settings, state, http, folder, now, mapping }) {
    const url = new URL(`${settings.url.replace(/\/$/, '')}/api/3/action/package_show`)
    url.searchParams.set('id', settings.dataset)
    const { result } = await http.json(url, Shown)
    const resource = result.resources.find(
      ({ id, name }) => id === settings.resource || name === settings.resource,
    )
    if (!resource) throw wrong(`the data set has no resource ${settings.resource}`)
    const modified = `${resource.id} ${resource.last_modified ?? result.metadata_modified}`
    if (modified === state.modified) return yield { state }
    const file = join(folder, 'resource.csv')
    await http.download(addressOf(resource.url, settings), file, {
      most: LARGEST,
      headers: { accept: 'text/csv' },
    })
    const name = `${settings.dataset}.csv`.slice(0, 100)
    const { read } = settings
    if ('mapping' in read) {
      yield { file, name, mapping: await mapping(read.mapping), state: { modified } }
      return
    }
    const made = join(folder, 'package')
    const { source, dataKind } = read
    await write(file, made, read, {
      source,
      dataKind,
      snapshotDate: dayOf(now),
      version: modified.slice(-50),
    })
    yield { file: made, name, state: { modified } }
  },
})

/** Where a file lies is said by the portal: only hosts that were named are asked. */
function addressOf(text: string, { url, hosts }: Settings): URL {
  const known = new Set([new URL(url).host, ...hosts])
  const found = SourceUrl.safeParse(text)
  const at = found.success ? new URL(found.data) : undefined
  if (!at || !known.has(at.host))
    throw wrong(`the file lies on another host: ${(at?.host ?? '?').slice(0, 100)}`)
  return at
}

async function write(file: string, to: string, read: Read, head: PackageHead) {
  const { entity, columns, delimiter, others } = read
  const rows = new RowPackage()
  rows.head(entity, Object.keys(columns))
  let lines = 0
  const parser = parse({
    delimiter,
    bom: true,
    columns: true,
    relax_column_count: false,
    skip_empty_lines: true,
  })
  const source = createReadStream(file)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser)
  try {
    for await (const line of source as AsyncIterable<Record<string, string>>) {
      lines += 1
      if (lines > MOST) throw wrong(`the file has more than ${MOST} lines`)
      const row = translated(line, columns)
      if (row) rows.add(entity, row)
      else if (others === 'refuse') throw wrong(`line ${lines + 1} has a code nothing is said of`)
    }
  } catch (error) {
    if (error instanceof SourceFault) throw error
    throw wrong('the file is no CSV of these columns')
  }
  if (rows.size === 0) throw wrong('the file has no line for us')
  await rows.write(to, head)
}

/** @throws SourceFault `source.schema` when a column is not there */
function translated(line: Record<string, string>, columns: z.output<typeof Columns>) {
  const row: Record<string, string> = {}
  for (const [column, rule] of Object.entries(columns)) {
    if ('constant' in rule) {
      row[column] = rule.constant
      continue
    }
    const said = line[rule.column]
    if (said === undefined) throw wrong(`the file has no column ${rule.column}`)
    const value = valueOfCode(rule, said.trim())
    if (value === undefined) return undefined
    row[column] = value
  }
  return row
}

function wrong(what: string): SourceFault {
  return new SourceFault('source.schema', { fields: what.slice(0, 200) })
}
