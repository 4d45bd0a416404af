import type { Blueprint } from '../assembly/assemble.ts'
import type { Place } from '../model.ts'
import type { ShippedItem } from './compose.ts'
import { numeracy3 } from './numeracy-3.ts'
import { numeracy6 } from './numeracy-6.ts'
import { reading3 } from './reading-3.ts'
import { reading6 } from './reading-6.ts'
import { science3 } from './science-3.ts'
import { science6 } from './science-6.ts'

/** A whole test that comes with the product: its items, and what every form of this domain and grade is to be like. */
export interface ShippedForm {
  domain: Place['domain']
  grade: number
  items: readonly ShippedItem[]
  blueprint: Blueprint
}

type Shares = Blueprint['strands']
const about = (share: number): Shares[string] => ({ least: share - 0.08, most: share + 0.08 })

/** Shares of points: a proposal, until the centre that makes the tests decides. */
const strands: Record<Place['domain'], Shares> = {
  reading: { locate: about(0.25), understand: about(0.35), evaluate: about(0.2), write: about(0.2) },
  numeracy: { numbers: about(0.3), measures: about(0.3), data: about(0.2), problems: about(0.2) },
  science: { living: about(0.4), physical: about(0.32), earth: about(0.28) },
}
const processes: Shares = {
  know: { least: 0.2, most: 0.5 },
  apply: { least: 0.3, most: 0.5 },
  reason: { least: 0.1, most: 0.4 },
}

const form = (domain: Place['domain'], grade: number, items: readonly ShippedItem[]): ShippedForm => ({
  domain,
  grade,
  items,
  blueprint: {
    items: { least: 30, most: 40 },
    points: { least: 40, most: 65 },
    strands: strands[domain],
    processes,
    anchors: { least: 0, most: 12 },
    mostExposure: 0.5,
    wear: 0.1,
  },
})

export const shippedForms: readonly ShippedForm[] = [
  form('reading', 3, reading3),
  form('reading', 6, reading6),
  form('numeracy', 3, numeracy3),
  form('numeracy', 6, numeracy6),
  form('science', 3, science3),
  form('science', 6, science6),
]
