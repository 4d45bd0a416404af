import { unzipSync } from 'fflate'
import pino from 'pino'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { ReportSet } from '#modules/publications/model.ts'
import { reportHandler } from '../../src/report-handler.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { afterFile } from '../after-file.ts'
import { chromiumPath } from '../pages/chromium.ts'
import { newWorld, testKeys } from '../world.ts'

const world = await newWorld({ portal: true })
const printing = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'silent' }),
  chromium: chromiumPath,
  ...(await builtPortal()),
})
afterFile(() => printing.close())

/** What is drawn on the pages of a PDF, without when it was made and how its parts are numbered. */
const drawn = (pdf: Uint8Array) =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/stream\r?\n([\s\S]*?)endstream/g),
  ].map(([, each]) => each!)

test.skipIf(chromiumPath === null)(
  'the job prints of each school what its own door prints, tagged, one page each',
  async () => {
    const town = await world.signIn('municipality')
    const { schoolYears } = await world.read<{ schoolYears: number[] }>('/config')
    const headers = { cookie: town.cookie, 'content-type': 'application/json', 'x-csrf': town.csrf }
    const year = schoolYears.at(-1)!
    const answer = await printing.app.request('/api/v1/report-sets', {
      method: 'POST',
      headers,
      body: JSON.stringify({ schoolYear: year, figures: 'own', language: 'lv' }),
    })
    const { id } = (await answer.json()) as ReportSet
    const { rows } = await asJob(world.db, (tx) =>
      tx.query<{ payload: object }>(`select data as payload from pgboss.job where name = 'reports'`),
    )
    const { parse, work } = reportHandler(world.db, async () => ({
      app: printing.app,
      close: async () => {},
    }))
    const payload = parse(rows[0]!.payload)
    if (!payload.success) throw new Error('the job has another shape')
    const told: number[] = []
    await work({
      payload: payload.data as never,
      signal: new AbortController().signal,
      progress: (done) => told.push(done),
      ask: async () => {},
    })
    expect(told.at(-1)).toBe(1)
    const zip = await printing.app.request(`/api/v1/report-sets/${id}/reports.zip`, { headers })
    const files = Object.entries(unzipSync(new Uint8Array(await zip.arrayBuffer())))
    const pdfs = files.filter(([name]) => name.endsWith('.pdf')).map(([, pdf]) => pdf)
    expect(pdfs.length).toBeGreaterThan(1)
    for (const pdf of pdfs) {
      const text = Buffer.from(pdf).toString('latin1')
      expect(text).toContain('/StructTreeRoot')
      expect(text).toMatch(/\/Type \/Pages\s*\/Count 1\b/)
    }
    const { items } = await world.read<{ items: { id: string; name: { lv: string } }[] }>(
      '/institutions?limit=1000',
    )
    const [name, pdf] = files.find(([each]) => each.endsWith('.pdf'))!
    const school = items.find((each) => name.slice(5, -4) === each.name.lv.replaceAll(/["“”„]/g, ''))!
    const single = await printing.app.request(
      `/api/v1/reports/${school.id}/report.pdf?year=${year}&figures=own&language=lv`,
      { headers },
    )
    expect(drawn(pdf)).toEqual(drawn(new Uint8Array(await single.arrayBuffer())))
  },
)
