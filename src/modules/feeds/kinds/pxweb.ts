import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { ImportedKind } from '#modules/intake/model.ts'
import { dayOf } from '#terms/day.ts'
import { SourceUrl } from '../auth.ts'
import { connector } from '../connector.ts'
import type { Http } from '../http.ts'
import { cellsOf, JsonStat } from '../json-stat.ts'
import { type Row, RowPackage } from '../row-package.ts'
import { SourceFault } from '../source-fault.ts'
import { Codes, valueOfCode } from '../translate.ts'

const Settings = z.strictObject({
  url: SourceUrl.describe('of the table: …/api/v1/lv/…/IRD041'),
  source: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+$/, { error: 'expected small letters, digits and dashes' }),
  dataKind: ImportedKind,
  entity: z.string().describe('file of the import contract'),
  value: z.string().describe('column the numbers go into'),
  columns: z
    .record(z.string(), Codes.extend({ variable: z.string() }))
    .describe(
      'column → variable of the table and how its codes are read; codes nothing is said of are not asked for',
    ),
  fixed: z
    .record(z.string(), z.string())
    .default({})
    .describe('variables of which only one code is asked for: { "ContentsCode": "IRD041" }'),
  part: z
    .string()
    .optional()
    .describe('variable by which the table is asked for in parts, latest first known: the time'),
  latest: z
    .int()
    .min(1)
    .max(200)
    .default(3)
    .describe('how many of the last codes of that variable are asked for'),
})
type Settings = z.output<typeof Settings>

const State = z.object({ digest: z.string().optional().describe('hash of what was taken over') })

const Table = z.object({
  title: z.string(),
  variables: z.array(
    z.object({ code: z.string(), values: z.array(z.string()), elimination: z.boolean().optional() }),
  ),
})

/** Tables of a statistics office: PxWeb API 1, answers in JSON-stat 2. One number of the table becomes one row. */
export const pxweb = connector<Settings, z.output<typeof State>>({
  kind: 'pxweb',
  settings: Settings,
  state: State,
  place: ({ url }) => url,
  async *deliveries({ settings, state, http, folder, now }) {
    const url = new URL(settings.url)
    const wanted = askedFor(settings, await http.json(url, Table))
    const rows = new RowPackage()
    const columns = [...Object.keys(settings.columns), settings.value]
    rows.head(settings.entity, columns)
    const hash = createHash('sha256')
    for (const part of inParts(wanted, settings.part)) {
      for (const row of await rowsOf(http, url, part, settings)) {
        hash.update(JSON.stringify(row))
        rows.add(settings.entity, row)
      }
    }
    const digest = hash.digest('hex').slice(0, 32)
    if (rows.size === 0 || digest === state.digest) return yield { state }
    const file = join(folder, 'table')
    await rows.write(file, {
      source: settings.source,
      dataKind: settings.dataKind,
      snapshotDate: dayOf(now),
      version: digest,
    })
    yield { file, state: { digest } }
  },
})

type Wanted = ReadonlyMap<string, readonly string[]>

/**
 * The codes of each variable that are asked for.
 *
 * @throws  SourceFault `source.schema` when the table has other variables than agreed
 */
function askedFor({ columns, fixed, part, latest }: Settings, { variables }: z.output<typeof Table>): Wanted {
  const wanted = new Map<string, readonly string[]>()
  const rules = new Map(Object.values(columns).map((rule) => [rule.variable, rule]))
  for (const { code, values, elimination } of variables) {
    const rule = rules.get(code)
    const only = fixed[code]
    if (rule) {
      const said = values.filter((value) => valueOfCode(rule, value) !== undefined)
      wanted.set(code, code === part ? said.slice(-latest) : said)
    } else if (only !== undefined)
      wanted.set(
        code,
        values.filter((value) => value === only),
      )
    else if (!elimination) throw wrong(`the variable ${code} is new`)
  }
  for (const code of [...rules.keys(), ...Object.keys(fixed)]) {
    if (!wanted.has(code)) throw wrong(`the variable ${code} is not there`)
    if (wanted.get(code)!.length === 0) throw wrong(`the variable ${code} has none of the codes expected`)
  }
  return wanted
}

/** A service answers only so many cells at once. */
function inParts(wanted: Wanted, part: string | undefined): Wanted[] {
  const codes = part === undefined ? undefined : wanted.get(part)
  if (!codes) return [wanted]
  return codes.map((code) => new Map([...wanted, [part!, [code]]]))
}

async function rowsOf(http: Http, url: URL, wanted: Wanted, { columns, value }: Settings): Promise<Row[]> {
  const query = [...wanted].map(([code, values]) => ({ code, selection: { filter: 'item', values } }))
  const data = await http.json(url, JsonStat, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, response: { format: 'json-stat2' } }),
  })
  const missing = [...wanted.keys()].find((code) => !data.id.includes(code))
  if (missing !== undefined) throw wrong(`the answer lacks the variable ${missing}`)
  return [...cellsOf(data)].map(({ categories, value: number }) => {
    const row = Object.entries(columns).map(([column, rule]) => {
      const code = categories[rule.variable]!
      const said = valueOfCode(rule, code)
      if (said === undefined) throw wrong(`the answer has a code of ${rule.variable} that was not asked for`)
      return [column, said]
    })
    return Object.fromEntries([...row, [value, number]])
  })
}

function wrong(what: string): SourceFault {
  return new SourceFault('source.schema', { fields: what.slice(0, 200) })
}
