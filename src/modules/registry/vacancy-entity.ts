import { z } from 'zod'
import { column, entity, optional } from '#db/entity.ts'
import { Code } from '#db/entity-values.ts'

/** What the import contract says of posts that wait for somebody. */
export const vacancies = entity({
  name: 'vacancies',
  words: { lv: 'Vakances', en: 'Vacancies' },
  columns: {
    vacancy_id: column(Code, 'avota numurs', 'number of the source', { to: 'code' }),
    reg_number: column(Code, 'iestāde', 'institution', { to: 'institution_id', refersTo: 'institutions' }),
    position_code: column(Code, 'amats', 'position'),
    subject_code: optional(Code, 'mācību priekšmets', 'subject'),
    rate: column(z.number().min(0).max(3), 'slodze; 1 ir viena likme', 'load; 1 is a full rate'),
    open_on: column(z.iso.date(), 'diena, no kuras vieta ir brīva', 'day from which the post is free'),
    filled_on: optional(
      z.iso.date(),
      'diena, kad vieta aizpildīta; vēl brīva, ja nav teikts',
      'day on which it was filled; still free when left out',
    ),
  },
  key: ['vacancy_id'],
  days: ['open_on', 'filled_on'],
  destination: { as: 'facts', table: 'registry.vacancy', key: ['code'], scope: ['institution_id'] },
})
