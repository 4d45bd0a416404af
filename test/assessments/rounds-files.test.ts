import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import {
  closeRound,
  codes,
  makeDemoRounds,
  RoundRefused,
  scoreRound,
  takeFile,
} from '#modules/assessments/index.ts'
import { newWorld, testKeys } from '../world.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const planted = await plantRound(world.db)
const [anna, janis, elza, karlis, exempt, online] = planted.participants
const all = async (sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Record<string, unknown>>(sql, values))).rows
const take = (text: string, dryRun = false) => takeFile(world.db, testKeys, planted.code, text, { dryRun })
const refusals = async (text: string) =>
  (await take(text)).refusals.map(({ line, reason }) => `${line} ${reason}`)

/** Places of the form by kind of question, with what is right as it would be typed in from paper. */
const places = await all(
  `select x.position, i.code as item, v.points, t.content -> 'body' as body, k.keys
     from assessments.form_item x join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
     join assessments.item_text t using (item_version_id) join assessments.item_key k using (item_version_id)
    where x.form_id = $1 order by x.position`,
  [planted.formId],
)
interface Choice {
  kind: string
  response: string
  choices: { id: string }[]
}
interface ChoiceKey {
  kind: string
  rule: string
  correct: string[]
}
const single = places.filter(({ body, keys }) => {
  const blocks = (body as Choice[]).filter(({ response }) => response)
  if (
    blocks.length !== 1 ||
    blocks[0]!.kind !== 'choice' ||
    /textEntry|inlineChoice/.test(JSON.stringify(body))
  )
    return false
  return (keys as Record<string, ChoiceKey>)[blocks[0]!.response]!.rule === 'all'
})
const rightLetters = (place: Record<string, unknown>) => {
  const block = (place.body as Choice[]).find(({ response }) => response)!
  const key = (place.keys as Record<string, ChoiceKey>)[block.response]!
  return key.correct.map((id) => 'ABCDEFGH'[block.choices.findIndex((each) => each.id === id)]).join(' ')
}

test('answers from paper are taken over as if they had been given on the screen: what is right there is right here', async () => {
  expect(single.length).toBeGreaterThan(2)
  const file = [anna, janis]
    .flatMap((pupil) =>
      single.map((place) => `${pupil!.code.toLowerCase()};${place.position};${rightLetters(place)}`),
    )
    .join('\n')
  const text = `code;position;answer\n${file}\n`
  expect(await take(text, true)).toMatchObject({
    taken: 2 * single.length,
    pupils: 2,
    refusals: [],
    kept: false,
  })
  expect(await all('select from assessments.answer')).toHaveLength(0)
  expect(await take(text)).toMatchObject({ taken: 2 * single.length, unchanged: 0, kept: true })
  expect(await take(text)).toMatchObject({ taken: 0, unchanged: 2 * single.length, kept: true })
  expect(
    await all('select status from assessments.participant where participant_id = $1', [anna!.id]),
  ).toEqual([{ status: 'tested' }])
})

test('several questions of one item are divided by a bar, each in the order of reading', async () => {
  const sixth = places.find(({ item }) => item === 'RP6-006')!.position
  expect(await refusals(`code,position,answer\n${janis!.code},${sixth},C\n`)).toEqual(['2 no_answer'])
  expect(await take(`code,position,answer\n${janis!.code},${sixth},A|C\n`)).toMatchObject({
    taken: 1,
    kept: true,
  })
})

test('another answer to the same place is a new revision; the first one stays', async () => {
  const { position } = single[0]!
  await take(`code,position,answer\n${anna!.code},${position},\n`)
  const revisions = await all(
    'select revision, answer from assessments.answer where participant_id = $1 and position = $2 order by 1',
    [anna!.id, position],
  )
  expect(revisions).toMatchObject([{ revision: 1 }, { revision: 2, answer: {} }])
})

test('points from another system are taken over by personal code or printed code, and item', async () => {
  const { item, points } = single[0]!
  expect(await take(`learner,item,points\nP-${elza!.learnerId},${item},${points}\n`)).toMatchObject({
    taken: 1,
    kept: true,
  })
  expect(await take(`code,item,points\n${karlis!.code},${item},0\n`)).toMatchObject({ taken: 1, kept: true })
  expect(
    await all(
      'select points, state from assessments.item_score where participant_id = any ($1) order by participant_id',
      [[elza!.id, karlis!.id]],
    ),
  ).toEqual([
    { points, state: 'given' },
    { points: 0, state: 'given' },
  ])
})

test('a file is taken over whole or not at all, and each line that is wrong is named', async () => {
  await all(
    `update assessments.participant set status = 'exempt', exempt_reason = 'other_order' where participant_id = $1`,
    [exempt!.id],
  )
  await all(`insert into assessments.sitting (participant_id, token_hash) values ($1, '\\x00')`, [online!.id])
  const before = await all('select * from assessments.answer order by 1, 2, 3')
  const { position } = single[0]!
  const free = planted.participants[7]!
  expect(
    await refusals(
      [
        'code,position,answer',
        `${free.code},${position},A`,
        `${free.code},${position},A`,
        `ACDEFGHJ,${position},A`,
        `nav koda,${position},A`,
        `${free.code},99,A`,
        `${planted.participants[8]!.code},${position},Z`,
        `${exempt!.code},${position},A`,
        `${online!.code},${position},A`,
        `${free.code},${position}`,
      ].join('\n'),
    ),
  ).toEqual([
    '3 twice',
    '4 unknown_code',
    '5 unknown_code',
    '6 unknown_place',
    '7 no_answer',
    '8 exempt',
    '9 answered_online',
    '10 wrong_columns',
  ])
  expect(await refusals(`learner,item,points\n010101-00000,${single[0]!.item},1\n`)).toEqual([
    '2 unknown_learner',
  ])
  for (const points of ['99', '-1', '1.5', '']) {
    expect(await refusals(`code,position,points\n${free.code},${position},${points}\n`)).toEqual([
      '2 wrong_points',
    ])
  }
  expect(await refusals('code,answer\n1,2\n')).toEqual(['1 wrong_columns'])
  expect(await refusals('')).toEqual(['1 wrong_columns'])
  expect(await all('select * from assessments.answer order by 1, 2, 3')).toEqual(before)
})

test('nothing is taken over after a round was scaled, or before it opens; a foreign round’s codes are unknown', async () => {
  const rehearsal = await plantRound(world.db, { code: 'R-1', kind: 'rehearsal', until: 'rostered' })
  const line = `code,position,answer\n${anna!.code},1,A\n`
  await expect(takeFile(world.db, testKeys, 'R-1', line)).rejects.toThrow(new RoundRefused('wrong_state'))
  await expect(takeFile(world.db, testKeys, 'NONE', line)).rejects.toThrow(new RoundRefused('not_there'))
  const foreign = rehearsal.participants[0]!.code
  expect(await refusals(`code,position,answer\n${foreign},1,A\n`)).toEqual(['2 unknown_code'])
  expect(codes(testKeys).entryKey(foreign)).not.toBeNull()
})

test('answers from paper are scored with the others, and points from elsewhere stay', async () => {
  await asJob(world.db, (tx) => closeRound(tx, planted.code, 'Pārbaude.'))
  await scoreRound(world.db, planted.code)
  const scored = await all(
    `select position, points, state from assessments.item_score where participant_id = $1 and position = any ($2) order by 1`,
    [janis!.id, single.map(({ position }) => position)],
  )
  expect(
    await all(
      `select s.points from assessments.item_score s join assessments.form_item x using (position) join assessments.item_version v using (item_version_id)
        join assessments.item i using (item_id) where s.participant_id = $1 and i.code = 'RP6-006' and x.form_id = $2`,
      [janis!.id, planted.formId],
    ),
  ).toEqual([{ points: 2 }])
  expect(scored).toEqual(single.map(({ position, points }) => ({ position, points, state: 'by_rule' })))
  expect(await all('select state from assessments.item_score where participant_id = $1', [elza!.id])).toEqual(
    [{ state: 'given' }],
  )
  await all(`update assessments.round set state = 'scaled' where code = $1`, [planted.code])
  await expect(take('code,position,answer\nA,1,A\n')).rejects.toThrow(new RoundRefused('wrong_state'))
})

test('demo rounds are made once, over made-up data only', async () => {
  await all(
    `update registry.enrolment set valid = daterange(lower(valid), '2100-01-01') where school_year = 2027`,
  )
  await all(`update assessments.round set state = 'cancelled'`)
  await all(
    `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
     select l, 11, 2027, 3, true, daterange(access.today() - 10, access.today() + 10), 1, l, l
       from generate_series(900001, 900010) l`,
  )
  await all('insert into registry.learner (learner_id) select generate_series(900001, 900010)')
  const made = await makeDemoRounds(world.db, testKeys)
  expect(made).toHaveLength(6)
  expect(made.map(({ code, participants }) => `${code}: ${participants}`)).toEqual([
    '2027-3-reading: 10',
    '2027-6-reading: 42',
    '2027-3-numeracy: 10',
    '2027-6-numeracy: 0',
    '2027-3-science: 10',
    '2027-6-science: 42',
  ])
  expect((await makeDemoRounds(world.db, testKeys)).every(({ isNew }) => !isNew)).toBe(true)
  await all(`update intake.import set data_kind = 'real'`)
  await expect(makeDemoRounds(world.db, testKeys)).rejects.toThrow(new RoundRefused('not_made_up'))
})
