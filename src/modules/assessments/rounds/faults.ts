import type { FieldFault } from '#http/problem.ts'
import type { Words } from '#terms/locale.ts'

const words = (field: string, lv: string, en: string): FieldFault => ({ field, fault: { lv, en } })

/** Why something about a round was refused, and in which field, by the code the database gives. */
const faults: Readonly<Record<string, FieldFault>> = {
  wrong_state: words(
    'state',
    'Darbs vairs nav tādā posmā, lai to darītu.',
    'The round is not at a stage where this can be done.',
  ),
  code_taken: words('code', 'Šāds kods jau ir.', 'There is such a code already.'),
  window: words(
    'closesAt',
    'Logam jābeidzas pēc tā sākuma un nākotnē.',
    'The window has to end after it begins, and in the future.',
  ),
  no_sample: words(
    'settings.sample',
    'Izlasei jānorāda, cik skolu izlozēt: vismaz divas.',
    'A sample needs the number of schools to draw: at least two.',
  ),
  no_form: words('forms', 'Jāizvēlas vismaz viens variants.', 'Choose at least one form.'),
  form_unknown: words('forms', 'Šāda varianta nav.', 'There is no such form.'),
  form_elsewhere: words(
    'forms',
    'Variants ir citai jomai vai klasei.',
    'The form is for another domain or grade.',
  ),
  form_not_fixed: words(
    'forms',
    'Variants vēl nav apstiprināts: to vēl var mainīt.',
    'The form is not fixed yet: it may still be changed.',
  ),
  form_fixed: words(
    'code',
    'Variants ir apstiprināts un vairs nav maināms.',
    'The form is fixed and cannot be changed any more.',
  ),
  no_anchors: words(
    'settings.withoutAnchors',
    'Variantam nav enkuruzdevumu, tāpēc rezultātus nevarēs salīdzināt ar citiem gadiem. Pievienojiet enkurus vai pamatojiet, kāpēc to nav.',
    'The form has no anchors, so results cannot be compared with other years. Add anchors, or say why there are none.',
  ),
  overlap: words(
    'opensAt',
    'Šai klasei un jomai tajā laikā jau ir cits darbs, vai šajā mācību gadā jau ir darbs visiem.',
    'There is another round for this grade and domain at that time, or one for everybody in this school year.',
  ),
  not_staff: words(
    'leaders',
    'Vadīt var tikai skolotājs, kas šobrīd strādā jūsu iestādē. Skatiet sarakstu vēlreiz.',
    'Only a teacher who works in your institution at present can lead. Look at the list again.',
  ),
  assembly_saved: words(
    'state',
    'Šis sastādījums jau ir saglabāts kā variants.',
    'This is saved as a form already.',
  ),
  assembly_changed: words(
    'items',
    'Kāds uzdevumus pa to laiku ir mainījis. Skatiet vēlreiz.',
    'Somebody has changed the items meanwhile. Look again.',
  ),
  plan_broken: words(
    'state',
    'Variants neatbilst plānam, tāpēc to nevar saglabāt.',
    'The form does not obey its plan, so it cannot be saved.',
  ),
  no_items: words('items', 'Variantā nav neviena uzdevuma.', 'The form has no items.'),
  item_twice: words('items', 'Kāds uzdevums norādīts divreiz.', 'An item is named twice.'),
  item_unknown: words('items', 'Kāda no uzdevumiem bankā nav.', 'One of the items is not in the bank.'),
  item_elsewhere: words(
    'items',
    'Kāds uzdevums ir no citas jomas vai klases; no citas klases var būt tikai enkurs.',
    'An item is of another domain or grade; only an anchor may be of another grade.',
  ),
  item_not_ready: words(
    'items',
    'Kāds uzdevums vēl nav recenzēts vai vairs nav lietošanā.',
    'An item is not reviewed yet, or no longer in use.',
  ),
  roster_empty: words('state', 'Dalībnieku saraksts ir tukšs.', 'The roster is empty.'),
  window_over: words(
    'state',
    'Laiks, kurā darbu varēja rakstīt, ir beidzies.',
    'The window of the round is over.',
  ),
  reason_missing: words('reason', 'Jānorāda iemesls.', 'Say why.'),
  file_waits: words(
    'file',
    'Par iepriekšējo failu vēl nav izlemts: pārņemiet to vai atsakieties no tā.',
    'The file before it is not decided yet: take it over or give it up.',
  ),
  wrong_number: words(
    'doubleShare',
    'Divreiz vērtē 0–100 % atbilžu, kontroles ir 0–50 %, atbilde vērtētājam pieder 2–120 minūtes.',
    'From 0 to 100 % of answers are marked twice, 0 to 50 % are controls, and an answer belongs to a marker for 2 to 120 minutes.',
  ),
  already_started: words('status', 'Skolēns darbu jau ir sācis.', 'The pupil has already begun.'),
  not_read_aloud: words(
    'needs.readAloud',
    'Tekstpratības darbā tekstus skolēnam nelasa priekšā.',
    'In a test of reading, texts are not read to a pupil.',
  ),
  outside_window: words(
    'plannedAt',
    'Laikam jābūt darba norises logā.',
    'The time has to lie within the window of the round.',
  ),
}

/** What to tell of a refusal. */
export const faultOf = (code: string): FieldFault =>
  faults[code] ?? { field: 'body', fault: { lv: code, en: code } satisfies Words }

/** Whether what was sent is wrong (400), or it is only not possible now (409). */
export const isOfState = (code: string) =>
  [
    'wrong_state',
    'form_fixed',
    'roster_empty',
    'window_over',
    'already_started',
    'file_waits',
    'assembly_saved',
    'assembly_changed',
    'plan_broken',
  ].includes(code)
