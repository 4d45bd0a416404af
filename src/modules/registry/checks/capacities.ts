import { type Check, check } from '#modules/checks/index.ts'
import { screens } from './words.ts'

/** Places of delivery of the day. */
const sites = (fault: string, detail: string) => `
  select s.institution_id, s.site_id as subject_id, ${fault} as fault, jsonb_build_object('site', s.code) || ${detail} as detail,
         s.import_id, s.line
    from registry.site_version s
   where s.superseded_by is null and s.valid @> $2::date`

/** What can be wrong about how large and how old buildings are. */
export const capacityChecks: readonly Check[] = [
  check({
    code: 'site.no_area',
    subject: 'site',
    certainty: 'doubtful',
    title: { lv: 'Nav norādīta telpu platība', en: 'The floor area is missing' },
    why: {
      lv: 'Nevar aprēķināt platību uz skolēnu.',
      en: 'Floor area per pupil cannot be worked out.',
    },
    where: screens.site('Platība', 'Floor area'),
    records: () => sites('coalesce(s.floor_area_m2, 0) = 0', `'{}'`),
  }),
  check({
    code: 'site.area_of_place',
    subject: 'site',
    certainty: 'doubtful',
    title: {
      lv: 'Platība un vietu skaits nesader',
      en: 'Floor area and number of places do not fit',
    },
    why: {
      lv: 'Viens no skaitļiem ir kļūdains; noslogojums vai platība uz skolēnu būs nepareiza.',
      en: 'One of the numbers is wrong; occupancy or area per pupil will be too.',
    },
    where: screens.site('Platība un vietu skaits', 'Floor area and places'),
    thresholds: ['least', 'most'],
    records: ({ least, most }) =>
      `${sites(
        `s.floor_area_m2 / s.capacity not between ${least} and ${most}`,
        `jsonb_build_object('area', s.floor_area_m2, 'places', s.capacity)`,
      )} and s.floor_area_m2 > 0 and s.capacity > 0`,
  }),
  check({
    code: 'site.building_year',
    subject: 'site',
    certainty: 'wrong',
    title: { lv: 'Ēkas gads nav iespējams', en: 'The year of the building cannot be' },
    why: {
      lv: 'Ēku vecums vajadzīgs, plānojot remontus un tīklu.',
      en: 'The age of buildings is needed for plans of repairs and of the network.',
    },
    where: screens.site('Ekspluatācijā no', 'In use since'),
    thresholds: ['earliest'],
    records: ({ earliest }) =>
      `${sites(
        `s.building_year not between ${earliest} and extract(year from $2::date)`,
        `jsonb_build_object('year', s.building_year)`,
      )} and s.building_year is not null`,
  }),
]
