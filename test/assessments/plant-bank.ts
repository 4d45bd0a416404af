import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { fixForm, formId, shipItems, writeForm } from '#modules/assessments/index.ts'
import type { Item } from '#modules/assessments/model.ts'
import { writeItem } from '#modules/assessments/store.ts'
import { philox } from '#stats/numeric/random.ts'
import { type PlantedRound, plantRound } from './plant.ts'

const strands = ['numbers', 'measures', 'data', 'problems'] as const
const processes = ['know', 'apply', 'reason'] as const

/** An item of numeracy for grade 6 with two questions; the second gives points only where there are two. */
function planted(at: number): Item {
  const code = `BANK-${String(at + 1).padStart(3, '0')}`
  const points = 1 + (at % 2)
  const responses = Array.from({ length: points }, (_, k) => `R${k + 1}`)
  const choices = ['a', 'b', 'c'].map((id) => ({
    id,
    content: [{ kind: 'text' as const, text: `Atbilde ${id}` }],
    fixed: false,
  }))
  return {
    code,
    place: {
      domain: 'numeracy',
      grade: 6,
      strand: strands[at % 4]!,
      process: processes[Math.floor(at / 4) % 3]!,
      outcome: null,
    },
    accessibility: '',
    texts: [
      {
        language: 'lv',
        title: `Uzdevums ${at + 1}`,
        stimulus: null,
        catalog: [],
        body: responses.map((response) => ({
          kind: 'choice' as const,
          response,
          prompt: [{ kind: 'text' as const, text: `Cik ir ${at} + 1?` }],
          choices,
          shuffle: true,
          least: 0,
          most: 1,
        })),
        keys: Object.fromEntries(
          responses.map((response) => [
            response,
            { kind: 'choice' as const, rule: 'all' as const, correct: ['a'], points: 1 },
          ]),
        ),
      },
    ],
  }
}

/**
 * A bank that was measured: items of numeracy for grade 6, calibrated in a round that was scaled, and a standard for its levels. The first
 * ten stand in a fixed form, `BANK-A`, to be anchors.
 */
export async function plantBank(db: Database, size = 96): Promise<PlantedRound & { anchorForm: string }> {
  const round = await plantRound(db, { until: 'planned', items: 4 })
  const random = philox(58)
  const items = Array.from({ length: size }, (_, at) => planted(at))
  const anchorForm = await asJob(db, async (tx) => {
    await shipItems(tx)
    for (const item of items) await writeItem(tx, item, [], 'planted')
    await tx.query(`update assessments.item set state = 'live' where code like 'BANK-%'`)
    await plantRun(tx, round.roundId)
    const measured = items.map(({ code, texts }) => {
      const slope = 0.7 + 0.8 * random.uniform()
      const difficulty = 1.2 * random.normal()
      const points = Object.keys(texts[0]!.keys).length
      return {
        code,
        model: points === 1 ? '2pl' : 'gpcm',
        slope,
        intercepts: Array.from({ length: points }, (_, k) => -slope * (k + 1) * difficulty),
      }
    })
    await tx.query(
      `insert into assessments.item_parameter (item_version_id, round, model, slope, intercepts, pupils)
       select v.item_version_id, $1, m.model, m.slope, m.intercepts, 1000
         from jsonb_to_recordset($2::jsonb) as m (code text, model text, slope real, intercepts real[])
         join assessments.item i using (code) join assessments.item_version v using (item_id)`,
      [round.code, JSON.stringify(measured)],
    )
    await tx.query(
      `insert into assessments.standard (domain, grade, version, scale, from_year, cuts, errors, basis)
       values ('numeracy', 6, 1, 'planted', 2027, '{405,485,600}', '{5,5,5}', 'planted')`,
    )
    await writeForm(tx, {
      code: 'BANK-A',
      domain: 'numeracy',
      grade: 6,
      items: items.slice(0, 10).map(({ code }) => ({ code, anchor: true })),
    })
    await fixForm(tx, await formId(tx, 'BANK-A'))
    return formId(tx, 'BANK-A')
  })
  return { ...round, anchorForm }
}

async function plantRun(tx: Tx, roundId: number): Promise<void> {
  await tx.query(
    `insert into assessments.scaling_run (round_id, number, seed, made_at, program, settings, input_hash, output_hash, calibration, scale,
                                          report, in_force)
     values ($1, 1, 1, now(), 'planted', '{}', '\\x00', '\\x00', '{}', $2, '{"pupils": 1000, "flags": []}', true)`,
    [roundId, JSON.stringify({ name: 'planted', reporting: { stretch: 100, shift: 500 } })],
  )
}
