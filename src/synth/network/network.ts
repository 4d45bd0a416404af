import { type Chance, chance, share } from '../chance.ts'
import { registrationNumber } from '../codes.ts'
import { type Plan, SNAPSHOT } from '../size.ts'
import { playNames, villages } from '../words/school-names.ts'
import { type Change, changesOf } from './changes.ts'
import { municipalFounder, privateFounder, STATE_FOUNDER, universities } from './founders.ts'
import { type Municipality, municipalities } from './municipalities.ts'
import { nameSchool } from './naming.ts'
import { NEVER, type School } from './school.ts'
import { makeSites } from './sites.ts'
import { fitSizes, sizeGroups } from './sizes.ts'
import { type Sketch, sketchSchools } from './sketch.ts'
import { tradesOf } from './trades.ts'

export interface Network {
  towns: readonly Municipality[]
  schools: readonly School[]
}

/** Learners at the start of 2025/26 (Ministry of Education and Science): general and vocational education. */
export const LEARNERS = { general: 223_696, vocational: 28_000 }

const PRESCHOOL_PLACES = 100_000
const MINORITY_TOWNS = new Set(['0001000', '0002000', '0004000', '0006000', '0007000', '0005000', '0032000'])
const MINORITY = 0.3 // of their basic and secondary schools, until the transition

/** All institutions of a country with their places, sizes, histories and planted effects. */
export function makeNetwork(plan: Plan): Network {
  const { seed, municipalities: chosen } = plan
  const towns = municipalities.filter(({ code }) => chosen?.includes(code) ?? true)
  const sketches = sketchSchools(plan.counts, towns)
  sizeGeneral(plan, towns, sketches)
  sizeOthers(plan, towns, sketches)
  const changes = changesOf(plan, sketches, NEVER, chance(seed, 'changes'))
  const draw = {
    names: chance(seed, 'schools'),
    sites: chance(seed, 'sites'),
    effects: chance(seed, 'effects'),
    trades: chance(seed, 'programmes'),
  }
  const names = { villages: villages(draw.names), playNames: playNames(draw.names) }
  const schools = sketches.map((sketch, at) => build(sketch, at, changes[at]!, towns, names, draw))
  return { towns, schools }
}

/** School by school what its municipality, its kind and chance make of it. */
function build(
  sketch: Sketch,
  at: number,
  change: Change,
  towns: readonly Municipality[],
  names: { villages: ReturnType<typeof villages>; playNames: string[] },
  draw: Record<'names' | 'sites' | 'effects' | 'trades', Chance>,
): School {
  const town = towns[sketch.municipality]!
  const village = names.villages[at % names.villages.length]!
  const named = { village, playName: names.playNames[at % names.playNames.length]!, town }
  const isRural =
    !town.isCity &&
    (sketch.type === 'basic' || sketch.type === 'primary' || sketch.kind === 'preschool') &&
    draw.sites.happens(0.75)
  const type = sketch.kind === 'direction' && draw.names.happens(0.4) ? 'sport' : sketch.type
  const face = { ...sketch, type }
  const until = change.secondaryUntil
  return {
    at,
    reg: registrationNumber(at),
    kind: sketch.kind,
    type,
    form: sketch.form,
    isPrivate: sketch.isPrivate,
    founder: founderOf(sketch, at, town),
    name: nameSchool(face, named),
    village: village.nominative,
    municipality: sketch.municipality,
    isRural,
    size: sketch.size,
    from: sketch.from,
    to: sketch.to,
    hasPreschool:
      sketch.kind === 'general' &&
      sketch.from === 1 &&
      sketch.form === 'full_time' &&
      draw.sites.happens(isRural ? 0.7 : 0.15),
    isMinority:
      sketch.kind === 'general' &&
      !sketch.isPrivate &&
      sketch.from === 1 &&
      MINORITY_TOWNS.has(town.code) &&
      draw.names.happens(MINORITY),
    need:
      sketch.type === 'hospital'
        ? 54
        : sketch.kind === 'special'
          ? draw.names.pick([58, 58, 58, 59, 55, 56, 53, 52, 51])
          : 0,
    trades: sketch.kind === 'vocational' ? tradesOf(sketch.size, draw.trades) : [],
    sites: makeSites(
      { at, size: sketch.size, isRural, village: village.nominative, town, towns },
      draw.sites,
    ),
    opens: change.opens,
    closes: change.closes,
    successor: change.successor,
    before:
      until > 0
        ? { until, type: 'secondary', to: 12, name: nameSchool({ ...face, type: 'secondary' }, named) }
        : null,
    ...effects(draw.effects, sketch, town, isRural),
  }
}

/** Standard deviations of pupils' abilities: what schools of a kind add, half of it to every subject alike. */
function effects({ normal }: Chance, sketch: Sketch, town: Municipality, isRural: boolean) {
  const common = normal()
  const own = () => 0.31 * common + 0.18 * normal()
  const effect = { literacy: own(), numeracy: own(), science: own(), growth: 0.1 * normal() }
  const place = town.region === 'PR-RIGA' ? 0.25 : town.isCity ? 0.1 : isRural ? -0.4 : -0.1
  return { effect, context: place + 0.4 * normal() + (sketch.isPrivate ? 0.6 : 0) }
}

function founderOf(sketch: Sketch, at: number, town: Municipality): string {
  if (sketch.isPrivate) return privateFounder(at)
  if (sketch.group === 'stateSecondary') return at % 2 === 0 ? STATE_FOUNDER : universities[(at >> 1) % 2]!
  if (sketch.kind === 'vocational') return at % 5 === 0 ? municipalFounder(town) : STATE_FOUNDER
  return municipalFounder(town)
}

function sizeGeneral({ seed, share: part }: Plan, towns: readonly Municipality[], sketches: Sketch[]) {
  const general = sketches.filter(({ group }) => group in sizeGroups)
  const total = LEARNERS.general * part
  const everywhere = general
    .filter(({ group }) => !sizeGroups[group]!.isLocal)
    .reduce((sum, { group }) => sum + sizeGroups[group]!.mean, 0)
  const all = general.reduce((sum, { group }) => sum + sizeGroups[group]!.mean, 0)
  const learners = share(
    Math.round(total * (1 - everywhere / all)),
    towns.map(({ weight }) => weight),
  )
  fitSizes(general, learners, chance(seed, 'sizes'))
  // Schools of the whole country keep the size of their group, at the scale of the country.
  for (const sketch of general) {
    if (!sizeGroups[sketch.group]!.isLocal)
      sketch.size = Math.max(10, Math.round((sketch.size * total) / all))
  }
}

/** Schools that are no part of general education: log-normal around what there is to share out. */
function sizeOthers({ seed, share: part }: Plan, towns: readonly Municipality[], sketches: Sketch[]) {
  const { normal } = chance(seed, 'sizes', 1)
  const places = {
    vocational: LEARNERS.vocational * part,
    preschool: PRESCHOOL_PLACES * part * 0.8,
    direction: 22_000 * part,
    interest: 14_000 * part,
  }
  for (const kind of Object.keys(places) as (keyof typeof places)[]) {
    const those = sketches.filter((sketch) => sketch.kind === kind)
    const rough = those.map(({ municipality }) => {
      const peers = those.filter((other) => other.municipality === municipality).length
      const spread = Math.exp(0.5 * normal())
      return kind === 'vocational' ? spread : (spread * towns[municipality]!.weight) / peers
    })
    const sum = rough.reduce((a, b) => a + b, 0)
    those.forEach((sketch, at) => {
      sketch.size = Math.max(12, Math.round((places[kind] * rough[at]!) / sum))
    })
  }
}

/** Code of the territory a municipality belongs to on the day of the snapshot, or on another. */
export function territoryOn(town: Municipality, day: string = SNAPSHOT): string {
  return town.until && town.successor && day > town.until ? town.successor : town.code
}
