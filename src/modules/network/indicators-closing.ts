import {
  atOwnYear,
  current,
  type Definition,
  everyLevel,
  mean,
  type Once,
  share,
} from '#modules/indicators/define.ts'
import { enrolmentLines, isOfGeneral, october, register } from '#modules/registry/index.ts'
import { assumed } from './assumption.ts'
import { nearestOther } from './indicators-distance.ts'
import { gradesOf } from './indicators-grades.ts'

/** What it would mean for pupils if their school closed. */
const about = {
  version: 1,
  looks: atOwnYear,
  area: 'environment.access',
  topic: 'network',
  source: register,
  levels: everyLevel,
  lines: enrolmentLines,
  of: {
    lv: 'klašu grupas skolēni ar zināmu ceļu līdz tagadējai skolai',
    en: 'pupils of the group whose way to their present school is known',
  },
  by: [],
} as const

/**
 * Minutes of every pupil whose way is known, if the school closed: the way of today, and on from there to the nearest other school of the
 * group by bus – straight line times the detour of such a place, its speed, and one transfer. Whole minutes.
 */
const ways = `${nearestOther}, sort as (
      select distinct on (v.institution_id) v.institution_id,
             case when v.degurba in ('city', 'dense') then 'city' when v.degurba in ('small_town', 'suburb') then 'town' else 'rural' end as place
        from registry.site_version v
       where v.valid @> ${october()} and ${current('v')}
       order by v.institution_id, v.code
    ), onwards as (
      select f.institution_id, f.subject,
             60 * f.km * ${assumed(`'detour.' || t.place`)} / ${assumed(`'speed.' || t.place`)} + ${assumed(`'transfer'`)} as minutes,
             ${assumed(`'limit.' || f.subject`)} as most
        from far f join sort t using (institution_id)
    ), way as (
      select e.institution_id, o.subject, round(e.transport_minutes + o.minutes)::float8 as minutes, o.most
        from registry.enrolment e
        join onwards o on o.institution_id = e.institution_id and o.subject = ${gradesOf('e.grade')} and o.minutes is not null
       where e.school_year = $2 and e.main and e.transport_minutes is not null and ${isOfGeneral('e.programme_code')}
         and e.valid @> ${october()} and ${current('e')}
    )`

const waysOnce: Once = {
  name: 'ways',
  sql: `${ways} select * from way`,
  stands: ways,
  read: (table) => `with way as (select * from ${table})`,
}

const said = {
  lv: 'Ceļu vērtē no augšas: tagadējais ceļš, tad no skolas taisnā līnijā līdz tuvākajai citai skolai ar tādas pašas klašu grupas skolēniem, ar ceļu līkumiem, autobusa ātrumu un pārsēšanos kā pieņēmumiem.',
  en: 'The way is an upper estimate: the present way, then from the school in a straight line to the nearest other school with pupils of the same group, with assumed bends of roads, speed of a bus and a transfer.',
}

const minutes = mean({
  ...about,
  once: [waysOnce],
  code: 'NET-10',
  name: { lv: 'Ceļš, ja skolu slēgtu', en: 'Way if the school were closed' },
  short: { lv: 'Ceļš, ja slēgtu', en: 'Way if closed' },
  definition: {
    lv: `Cik minūšu vienā virzienā būtu jābrauc, ja skolēna skolu slēgtu: vidējais, mediāna un sadalījums pa klašu grupām. ${said.lv}`,
    en: `Minutes one way if the school of the pupil were closed: mean, median and distribution by group of grades. ${said.en}`,
  },
  doesNotSay: {
    lv: 'Tas nav lēmums un nav maršruts: pašvaldība var pārcelt satiksmi, un skolēns var izvēlēties citu skolu. Vai nākamajā skolā ir vietas, tas nesaka.',
    en: 'It is neither a decision nor a route: a municipality may move its buses, and a pupil may choose another school. It does not say whether the next school has places.',
  },
  better: 'lower',
  unit: 'minutes',
  spread: true,
  facts: `${ways}
    select institution_id, subject, minutes as y from way`,
})

const tooLong = share({
  ...about,
  once: [waysOnce],
  code: 'NET-21',
  name: {
    lv: 'Ceļš pārsniegtu robežu, ja skolu slēgtu',
    en: 'Way beyond the limit if the school were closed',
  },
  short: { lv: 'Pārāk tālu, ja slēgtu', en: 'Too far if closed' },
  definition: {
    lv: `Daļa no skolēniem, kuriem ceļš vienā virzienā pārsniegtu robežu (pieņēmums: 40 minūtes 1.–6. klasē, 60 minūtes 7.–12. klasē), ja viņu skolu slēgtu. ${said.lv}`,
    en: `Share of the pupils whose way one way would be beyond the limit (assumed: 40 minutes in grades 1–6, 60 minutes in grades 7–12) if their school were closed. ${said.en}`,
  },
  doesNotSay: {
    lv: 'Tas nesaka, kuras skolas slēgt vai paturēt: to lemj dibinātājs, zinot ceļus, vietas un cilvēkus.',
    en: 'It does not say which schools to close or to keep: the founder decides, knowing roads, places and people.',
  },
  better: 'lower',
  facts: `${ways}
    select institution_id, subject, (minutes > most)::int::float8 as y from way where most is not null`,
})

export const closingIndicators: readonly Definition[] = [minutes, tooLong]
