import type { Tx } from '#db/actor.ts'
import type { Domain } from './model.ts'
import { NOT_GIVEN, NOT_REACHED, type RoundData, type RoundForm, type RoundItem } from './round-data.ts'

/** A round as its scaling reads it, and what the report wants to know besides. */
export interface ReadRound {
  roundId: number
  data: RoundData
  /** of the roster, the exempt not counted */
  expected: number
  /** people × items: 1 where the answer was left empty */
  omitted: Uint8Array
}

/** Everything of a round that its scaling stands on; null where there is no such round or nobody was tested. */
export async function readRound(tx: Tx, code: string): Promise<ReadRound | null> {
  const { rows } = await tx.query<{
    id: number
    kind: RoundData['kind']
    domain: Domain
    grade: number
    year: number
    expected: number
  }>(
    `select r.round_id as id, r.kind, r.domain, r.grade, r.school_year as year,
            (select count(*)::integer from assessments.participant p where p.round_id = r.round_id and p.status <> 'exempt') as expected
       from assessments.round r where r.code = $1`,
    [code],
  )
  const round = rows[0]
  if (!round) return null
  const { items, forms, placeOf } = await readForms(tx, round.id)
  const people = await readPeople(tx, round.id, [...placeOf.keys()])
  if (people.length === 0) return null
  const width = items.length
  const points = new Int8Array(people.length * width).fill(NOT_GIVEN)
  const omitted = new Uint8Array(points.length)
  people.forEach(({ formId, positions, points: given, states }, i) => {
    const places = placeOf.get(formId)!.places
    // A place without a row was never looked at, like one that was not reached.
    for (const item of places.values()) points[i * width + item] = NOT_REACHED
    positions.forEach((position, k) => {
      const item = places.get(position)
      if (item === undefined || given[k] === null) return
      points[i * width + item] = Math.min(given[k]!, items[item]!.most)
      if (states[k] === 'omitted') omitted[i * width + item] = 1
    })
  })
  return {
    roundId: round.id,
    expected: round.expected,
    omitted,
    data: {
      code,
      kind: round.kind,
      domain: round.domain,
      grade: round.grade,
      schoolYear: round.year,
      items,
      forms,
      people: {
        id: Float64Array.from(people, ({ id }) => id),
        learner: Float64Array.from(people, ({ learner }) => learner),
        institution: Float64Array.from(people, ({ institution }) => institution),
        form: Int32Array.from(people, ({ formId }) => placeOf.get(formId)!.form),
        weight: Float64Array.from(people, ({ weight }) => weight),
        sex: people.map(({ sex }) => sex),
        language: people.map(({ language }) => language),
        region: people.map(({ region }) => region),
      },
      points,
    },
  }
}

/** Forms of a round, its items (each once), and where a position of a form is among them. */
async function readForms(tx: Tx, roundId: number) {
  const { rows } = await tx.query<RoundItem & { formId: number; form: string; position: number }>(
    `select f.form_id as "formId", f.code as form, x.position, x.item_version_id as "versionId", x.is_anchor as "isAnchor",
            i.code, v.strand, v.points as most
       from assessments.round_form rf
       join assessments.form f using (form_id)
       join assessments.form_item x using (form_id)
       join assessments.item_version v using (item_version_id)
       join assessments.item i using (item_id)
      where rf.round_id = $1 order by f.code, x.position`,
    [roundId],
  )
  const items: RoundItem[] = []
  const known = new Map<number, number>()
  const forms: (RoundForm & { items: number[] })[] = []
  const placeOf = new Map<number, { form: number; places: Map<number, number> }>()
  for (const { formId, form, position, versionId, isAnchor, code, strand, most } of rows) {
    let at = known.get(versionId)
    if (at === undefined) {
      at = items.push({ versionId, isAnchor, code, strand, most }) - 1
      known.set(versionId, at)
    } else if (isAnchor) items[at] = { ...items[at]!, isAnchor }
    let place = placeOf.get(formId)
    if (!place) {
      place = { form: forms.push({ code: form, items: [] }) - 1, places: new Map() }
      placeOf.set(formId, place)
    }
    forms[place.form]!.items.push(at)
    place.places.set(position, at)
  }
  return { items, forms, placeOf }
}

interface Person {
  id: number
  learner: number
  institution: number
  formId: number
  weight: number
  sex: 'female' | 'male' | 'unknown'
  language: string | null
  region: string | null
  positions: number[]
  points: (number | null)[]
  states: string[]
}

/** Who was tested on one of the forms and is counted, with what the register says of them on the last day of the round. */
async function readPeople(tx: Tx, roundId: number, forms: readonly number[]): Promise<Person[]> {
  const { rows } = await tx.query<Person>(
    `with own as (
       select p.*, r.closes_at::date as day, r.school_year
         from assessments.participant p join assessments.round r using (round_id)
        where p.round_id = $1 and p.status = 'tested' and p.form_id = any ($2::bigint[])
          and p.learner_id <> all (array(select rights.not_counted()))
     ), scored as (
       select s.participant_id, array_agg(s.position::integer order by s.position) as positions,
              array_agg(s.points::integer order by s.position) as points, array_agg(s.state order by s.position) as states
         from assessments.item_score s join own using (participant_id) group by 1
     ), sex as (
       select distinct on (o.participant_id) o.participant_id, l.sex
         from own o join registry.learner_version l on l.learner_id = o.learner_id and l.superseded_by is null
        order by o.participant_id, l.valid @> o.day desc, lower(l.valid) desc
     ), taught as (
       select distinct on (o.participant_id) o.participant_id, c.language
         from own o
         join registry.enrolment e on e.learner_id = o.learner_id and e.institution_id = o.institution_id
                                  and e.school_year = o.school_year and e.superseded_by is null
         join registry.class_group_version c on c.class_group_id = e.class_group_id and c.superseded_by is null
        order by o.participant_id, e.valid @> o.day desc, c.valid @> o.day desc, lower(c.valid) desc
     ), place as (
       select distinct on (i.institution_id) i.institution_id, up.code
         from registry.institution_version i
         join registry.territory_version t on t.territory_id = i.territory_id and t.superseded_by is null
         join registry.territory u on u.territory_id = t.parent_id and u.kind = 'region'
         join registry.territory_version up on up.territory_id = t.parent_id and up.superseded_by is null
        where i.superseded_by is null and i.institution_id in (select institution_id from own)
        order by i.institution_id, lower(i.valid) desc, lower(t.valid) desc, lower(up.valid) desc
     )
     select o.participant_id as id, o.learner_id as learner, o.institution_id as institution, o.form_id as "formId",
            o.weight, coalesce(sex.sex, 'unknown') as sex, taught.language, place.code as region,
            s.positions, s.points, s.states
       from own o join scored s using (participant_id)
       left join sex using (participant_id) left join taught using (participant_id)
       left join place on place.institution_id = o.institution_id
      order by o.participant_id`,
    [roundId, forms],
  )
  return rows
}
