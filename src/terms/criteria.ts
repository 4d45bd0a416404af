import { z } from 'zod'
import type { Words } from './locale.ts'

/**
 * The framework of quality: four areas with three criteria each, as the quality service's guidelines for self-evaluation
 * and accreditation name them (13.01.2022). `area.criterion` is the key of a criterion.
 */
export const Criterion = z.enum([
  'purpose.achievement',
  'purpose.continuation',
  'purpose.equity',
  'learning.teaching',
  'learning.staff',
  'learning.programmes',
  'environment.access',
  'environment.safety',
  'environment.resources',
  'governance.admin',
  'governance.leadership',
  'governance.cooperation',
])
export type Criterion = z.infer<typeof Criterion>

/** Where an indicator stands: under a criterion, or beside them as a circumstance that is no quality. */
export const Area = z.enum(['context', ...Criterion.options])
export type Area = z.infer<typeof Area>

/** The four areas in the order of the framework. */
export const qualityAreas: readonly { key: string; name: Words; criteria: readonly Criterion[] }[] = [
  {
    key: 'purpose',
    name: { lv: 'Atbilstība mērķiem', en: 'Fitness for purpose' },
    criteria: ['purpose.achievement', 'purpose.continuation', 'purpose.equity'],
  },
  {
    key: 'learning',
    name: { lv: 'Kvalitatīvas mācības', en: 'Quality learning' },
    criteria: ['learning.teaching', 'learning.staff', 'learning.programmes'],
  },
  {
    key: 'environment',
    name: { lv: 'Iekļaujoša vide', en: 'Inclusive environment' },
    criteria: ['environment.access', 'environment.safety', 'environment.resources'],
  },
  {
    key: 'governance',
    name: { lv: 'Laba pārvaldība', en: 'Good governance' },
    criteria: ['governance.admin', 'governance.leadership', 'governance.cooperation'],
  },
]

export const areaNames: Readonly<Record<Area, Words>> = {
  context: { lv: 'Apstākļi', en: 'Circumstances' },
  'purpose.achievement': { lv: 'Kompetences un sasniegumi', en: 'Competences and achievement' },
  'purpose.continuation': {
    lv: 'Izglītības turpināšana un nodarbinātība',
    en: 'Continuation and employment',
  },
  'purpose.equity': { lv: 'Vienlīdzība un iekļaušana', en: 'Equity and inclusion' },
  'learning.teaching': { lv: 'Mācīšana un mācīšanās', en: 'Teaching and learning' },
  'learning.staff': {
    lv: 'Pedagogu profesionālā kapacitāte',
    en: 'Professional capacity of teachers',
  },
  'learning.programmes': {
    lv: 'Izglītības programmu īstenošana',
    en: 'Implementation of programmes',
  },
  'environment.access': { lv: 'Pieejamība', en: 'Accessibility' },
  'environment.safety': {
    lv: 'Drošība un psiholoģiskā labklājība',
    en: 'Safety and psychological well-being',
  },
  'environment.resources': { lv: 'Infrastruktūra un resursi', en: 'Infrastructure and resources' },
  'governance.admin': { lv: 'Administratīvā efektivitāte', en: 'Administrative efficiency' },
  'governance.leadership': {
    lv: 'Vadības profesionālā darbība',
    en: 'Professional work of leadership',
  },
  'governance.cooperation': { lv: 'Atbalsts un sadarbība', en: 'Support and cooperation' },
}
