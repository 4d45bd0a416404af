import { z } from 'zod'
import { column, entity, optional } from '#db/entity.ts'
import { Code, Flag } from '#db/entity-values.ts'

/** Who may act for which child, as the population register says; a complete feed of its day. */
export const representations = entity({
  name: 'representations',
  words: { lv: 'Pārstāvības', en: 'Representations' },
  columns: {
    child_uid: column(Code, 'bērna personas kods', 'personal code of the child', { isSecret: true }),
    adult_code: column(Code, 'pārstāvja personas kods', 'personal code of the representative', {
      isSecret: true,
    }),
    kind: column(
      z.enum(['parent', 'adopter', 'guardian', 'foster_parent']),
      'vecāks, adoptētājs, aizbildnis vai audžuvecāks',
      'parent, adopter, guardian or foster parent',
    ),
    from: column(z.iso.date(), 'pirmā diena', 'first day'),
    until: optional(
      z.iso.date(),
      'pēdējā diena; līdz pilngadībai, ja nav teikts',
      'last day; until the child is of age when left out',
    ),
    disputed: optional(Flag, 'apstrīdēta', 'contested'),
    born_on: optional(
      z.iso.date(),
      'bērna dzimšanas diena; mēneša pirmā, ja nav teikts',
      'day of birth of the child; the first of its month when left out',
    ),
  },
  key: ['child_uid', 'adult_code'],
  days: ['from', 'until'],
  destination: { as: 'own' },
})
