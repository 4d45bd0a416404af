import { type Batch, Rows } from '../contract.ts'
import { isHomeProgramme, type ProgrammesInUse } from '../learners/programmes.ts'
import { LAST_YEAR, type Plan } from '../size.ts'
import { founders, municipalFounder } from './founders.ts'
import { regions, state } from './municipalities.ts'
import { type Network, territoryOn } from './network.ts'
import { NEVER, type School } from './school.ts'
import { capacityOf } from './sites.ts'

const MERGED_ON = '2025-07-01' // Varakļāni into Madona
const LONG_AGO = '0000-01-01'

/** Territories, founders, institutions and where they teach. */
export function* networkRows(network: Network, plan: Plan): Generator<Batch> {
  yield* territoryRows(network)
  const rows = new Rows('founders')
  const used = new Set(network.schools.map(({ founder }) => founder))
  for (const { id, kind, name, territory } of founders(network.towns)) {
    if (kind !== 'municipality' && !used.has(id)) continue
    rows.add({ founder_id: id, kind, name_lv: name.lv, name_en: name.en, territory_code: territory })
  }
  yield* rows.rest()
  const institutions = new Rows('institutions')
  const sites = new Rows('delivery_sites')
  for (const school of network.schools) {
    addInstitution(institutions, school, network, plan)
    addSites(sites, school, network)
    yield* institutions.full()
    yield* sites.full()
  }
  yield* institutions.rest()
  yield* sites.rest()
}

function* territoryRows({ towns }: Network): Generator<Batch> {
  const rows = new Rows('territories')
  const always = { since: null, until: null, successor_code: null }
  const used = new Set(towns.map(({ region }) => region))
  for (const { code, name, genitive, locative } of [
    state,
    ...regions.filter((each) => used.has(each.code)),
  ]) {
    const isState = code === state.code
    rows.add({
      code,
      kind: isState ? 'state' : 'region',
      parent_code: isState ? null : state.code,
      name_lv: name.lv,
      name_en: name.en,
      genitive_lv: genitive,
      locative_lv: locative,
      ...always,
    })
  }
  for (const town of towns) {
    rows.add({
      code: town.code,
      kind: 'municipality',
      parent_code: town.region,
      name_lv: town.name.lv,
      name_en: town.name.en,
      genitive_lv: town.genitive,
      locative_lv: town.locative,
      since: null,
      until: town.until ?? null,
      successor_code: town.successor ?? null,
    })
  }
  yield* rows.rest()
}

function addInstitution(rows: Rows<'institutions'>, school: School, network: Network, plan: Plan): void {
  const town = network.towns[school.municipality]!
  const { before } = school
  const isOpened = school.opens > plan.firstYear
  const closed = school.closes < LAST_YEAR ? `${school.closes}-08-31` : null
  const lowered = before ? `${before.until}-09-01` : null
  const merged = town.until && !(closed && closed < MERGED_ON) ? MERGED_ON : null
  // What holds from each of these days on; the first is as long ago as anybody knows.
  for (const since of [LONG_AGO, lowered, merged].filter((day) => day !== null).sort()) {
    const { name, type } = before && lowered && since < lowered ? before : school
    rows.add({
      reg_number: school.reg,
      kind: school.kind,
      type,
      name_lv: name.nominative,
      name_en: name.en,
      genitive_lv: name.genitive,
      locative_lv: name.locative,
      founder_id: founderOn(school, network, since),
      legal_atvk: territoryOn(town, since),
      legal_address: school.sites[0]!.address,
      opened_on: isOpened ? `${school.opens - 1}-09-01` : openedLongAgo(school),
      closed_on: closed,
      successor_reg: closed && school.successor >= 0 ? network.schools[school.successor]!.reg : null,
      accredited_until: accreditedUntil(school),
      since: since === LONG_AGO ? null : since,
    })
  }
}

/** The founder on a day: a municipality that was merged hands its schools over. */
function founderOn({ founder, municipality }: School, { towns }: Network, day: string): string {
  const town = towns[municipality]!
  if (founder !== municipalFounder(town)) return founder
  return `M-${territoryOn(town, day)}`
}

function openedLongAgo({ at, sites }: School): string {
  return `${Math.max(1945, Math.min(1990, sites[0]!.builtIn + (at % 7)))}-09-01`
}

/** Accreditation runs for six years; those of preschools, directions and interest education are not told. */
function accreditedUntil({ at, kind, closes }: School): string | null {
  if (kind !== 'general' && kind !== 'special' && kind !== 'vocational') return null
  const month = String(1 + (at % 12)).padStart(2, '0')
  return closes === NEVER ? `${2027 + (at % 6)}-${month}-15` : `${closes + 1}-${month}-15`
}

function addSites(rows: Rows<'delivery_sites'>, school: School, { towns }: Network): void {
  school.sites.forEach((site, at) => {
    const town = towns[site.municipality]!
    for (const since of town.until ? [LONG_AGO, MERGED_ON] : [LONG_AGO]) {
      rows.add({
        site_id: site.id,
        reg_number: school.reg,
        name_lv: at === 0 ? school.name.nominative : `${school.name.nominative}, 2. mācību vieta`,
        name_en: at === 0 ? school.name.en : `${school.name.en}, second site`,
        atvk: territoryOn(town, since),
        degurba: site.degurba,
        address: site.address,
        lat: site.lat,
        lon: site.lon,
        capacity: capacityOf(site),
        floor_area_m2: site.floorArea,
        building_year: site.builtIn,
        condition: site.condition,
        accessible: site.isAccessible,
        since: since === LONG_AGO ? null : since,
      })
    }
  })
}

/** Programmes that were used, from the day on which a school began with them. */
export function* programmeRows(programmes: ProgrammesInUse, plan: Plan): Generator<Batch> {
  const rows = new Rows('programmes')
  let number = 0
  for (const { school, code, first, last } of programmes.list()) {
    number += 1
    const isOld = first === plan.firstYear
    const started = isOld ? '2018-09-01' : `${first - 1}-09-01`
    const special = Number(code.slice(4, 6))
    rows.add({
      reg_number: school.reg,
      programme_code: code,
      // Series X: no licence was ever given out in it.
      licence_no: `X-${String(number).padStart(5, '0')}`,
      licence_date: isOld ? '2018-06-15' : `${first - 1}-06-15`,
      site_id: school.sites[0]!.id,
      language: /^[012][01]01..2/.test(code) ? 'minority' : 'lv',
      form: isHomeProgramme(code) ? 'home' : school.form,
      special_type: school.kind !== 'vocational' && special >= 51 && special <= 59 ? special : null,
      started_on: started,
      ended_on: last < LAST_YEAR ? `${last}-08-31` : null,
    })
    yield* rows.full()
  }
  yield* rows.rest()
}
