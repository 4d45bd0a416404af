import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { toPupil } from '#modules/assessments/content/pupil.ts'
import { bestAnswers } from '#modules/assessments/content/scoring.ts'
import { scoreRound } from '#modules/assessments/index.ts'
import type { ItemText } from '#modules/assessments/model.ts'
import { type PlantedRound, type PlantOptions, plantRound } from './plant.ts'

/** What pupils write in long answers, by what it deserves; the first words differ, so that no two are the same. */
const written: Record<number, readonly string[]> = {
  0: ['nezinu', 'jā, ir pareizi, tā sanāk', 'jā, viņam ir taisnība', 'varbūt nē, bet nezinu, kāpēc'],
  1: ['nē, jaka maksā 10 eiro', 'nē, jo otrā atlaide ir cita', 'nē, paliek 10 eiro'],
  2: [
    'nē, vispirms 40 : 2 = 20 eiro, pēc tam 20 : 2 = 10 eiro, jo otro atlaidi rēķina no jaunās cenas',
    'nē, jo pēc pirmās atlaides ir 20 eiro, pēc otrās 10 eiro, otrā ir no jaunās cenas',
  ],
  3: ['nē, aprēķināju divus pasūtījumus un salīdzināju, lētākais ir 55,50 eiro, jo vajag 50 gabalus'],
}

const prefix = (participant: number) => `Manuprāt (${String.fromCharCode(97 + (participant % 26))})`

/** What an answer deserves, read off its words as a good marker would. */
export function deserved(text: string): number {
  const plain = text.replace(/^Manuprāt \(.\), /, '')
  return Number(Object.entries(written).find(([, texts]) => texts.includes(plain))![0])
}

/**
 * A round that was sat: pupils answered all but place 2 (left out), every fifth of them only up to place 11; choices are right, long
 * answers are worth 0–3 points in turn, at most what the rubric has. Then it is closed and, if said so, scored.
 */
export async function plantSatRound(
  db: Database,
  { scored = true, ...options }: PlantOptions & { scored?: boolean } = {},
): Promise<PlantedRound> {
  const round = await plantRound(db, options)
  await asJob(db, async (tx) => {
    const { rows: items } = await tx.query<{ position: number; text: ItemText }>(
      `select f.position, t.content || jsonb_build_object('keys', k.keys) as text
         from assessments.form_item f join assessments.item_version v using (item_version_id)
         join assessments.item_text t on t.item_version_id = v.item_version_id and t.language = v.languages[1]
         join assessments.item_key k on k.item_version_id = v.item_version_id and k.language = v.languages[1]
        where f.form_id = $1 order by 1`,
      [round.formId],
    )
    const rows = round.participants.flatMap(({ id, seed }, at) =>
      items.flatMap(({ position, text }) => {
        if (position === 2 || (at % 5 === 4 && position > 11)) return []
        const answers = toPupil(text, seed, bestAnswers(text))
        for (const [response, key] of Object.entries(text.keys)) {
          if (key.kind !== 'rubric') continue
          const points = Math.min(key.points, (at + position) % (key.points + 1))
          const texts = written[points]!
          answers[response] = `${prefix(id)}, ${texts[(at * 7 + position) % texts.length]!}`
        }
        return [{ participant: id, position, answer: answers }]
      }),
    )
    await tx.query(
      `insert into assessments.answer (participant_id, position, revision, answer)
       select participant, position, 1, answer from jsonb_to_recordset($1) as x (participant bigint, position smallint, answer jsonb)`,
      [JSON.stringify(rows)],
    )
    await tx.query(
      `update assessments.participant set status = 'tested', started_at = now(), finished_at = now() where round_id = $1`,
      [round.roundId],
    )
    await tx.query(`update assessments.round set state = 'closed' where round_id = $1`, [round.roundId])
  })
  if (scored) await scoreRound(db, round.code)
  return round
}
