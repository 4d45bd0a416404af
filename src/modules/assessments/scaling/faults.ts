import type { FieldFault } from '#http/problem.ts'

const words = (field: string, lv: string, en: string): FieldFault => ({ field, fault: { lv, en } })

/** Why something about scaling was refused, by the code the database gives. */
const faults: Readonly<Record<string, FieldFault>> = {
  round_not_closed: words('state', 'Darbs vēl nav slēgts.', 'The round is not closed yet.'),
  nobody_tested: words(
    'state',
    'Šim darbam nav neviena vērtēta dalībnieka.',
    'Nobody who was tested has scores in this round.',
  ),
  answers_wait: words('state', 'Kāda atbilde vēl gaida vērtētāju.', 'Some answer still waits for a marker.'),
  reason_missing: words(
    'reason',
    'Rezultāti jau ir izsniegti: jānorāda, kāpēc darbu skalo no jauna.',
    'Results were released: say why the round is scaled again.',
  ),
  no_such_item: words(
    'item',
    'Darbā šāda uzdevuma nav, tas nav enkurs, vai tas jau ir tā.',
    'The round has no such item, it is not an anchor, or it is so already.',
  ),
  no_run: words(
    'name',
    'Darbs vēl nav skalots, vai tam jau ir atvērta komisija.',
    'The round is not scaled yet, or it has a panel open.',
  ),
  closed: words('state', 'Komisijas darbs ir beidzies.', 'The panel is closed.'),
  nobody_set: words(
    'state',
    'Šajā kārtā vēl neviens nav licis atzīmes.',
    'Nobody has set bookmarks in this round.',
  ),
  not_rising: words(
    'places',
    'Katra nākamā līmeņa atzīmei jābūt tālāk par iepriekšējo.',
    'The bookmark of each level has to come after the one before.',
  ),
  no_such_place: words('places', 'Burtnīcā šādas vietas nav.', 'The booklet has no such place.'),
  few_panellists: words(
    'state',
    'Pēdējā kārtā atzīmes licis tikai viens dalībnieks: standartu tā pieņemt nevar.',
    'Only one panellist has set bookmarks in the last round: no standard can be adopted from that.',
  ),
  panel_open: words('state', 'Komisija vēl strādā.', 'The panel is still at work.'),
}

/** What to tell of a refusal. */
export const faultOf = (code: string): FieldFault => faults[code] ?? words('body', code, code)

/** What was sent is wrong (400), and not only impossible now (409). */
export const isOfInput = (code: string) =>
  ['reason_missing', 'no_such_item', 'not_rising', 'no_such_place'].includes(code)
