import { ruleWords } from '#modules/intake/index.ts'
import type { Words } from '#terms/locale.ts'
import type { FaultDetail } from './source-fault.ts'

type Sentence = { lv: (d: FaultDetail) => string; en: (d: FaultDetail) => string }

/** Every way a run can end without success: what happened, and what to do. */
const sentences = {
  'source.unreachable': {
    lv: (d) =>
      `Avots ${d.host} neatbild. Plūsma mēģinās vēlreiz pati; ja tas turpinās, jautājiet avota uzturētājam.`,
    en: (d) =>
      `The source ${d.host} does not answer. The feed tries again by itself; if it goes on, ask who runs the source.`,
  },
  'source.late': {
    lv: (d) => `Avots ${d.host} ${d.seconds} s laikā neatbildēja līdz galam. Plūsma mēģinās vēlreiz pati.`,
    en: (d) =>
      `The source ${d.host} did not answer to the end within ${d.seconds} s. The feed tries again by itself.`,
  },
  'source.cut': {
    lv: (d) =>
      `Avota ${d.host} atbilde pārtrūka vidū. Nekas no tās nav pārņemts; plūsma mēģinās vēlreiz pati.`,
    en: (d) =>
      `The answer of ${d.host} was cut off. Nothing of it was taken over; the feed tries again by itself.`,
  },
  'source.busy': {
    lv: (d) => `Avots ${d.host} lūdz pagaidīt (429). Plūsma turpinās, kad avots to atļaus.`,
    en: (d) => `The source ${d.host} asks us to wait (429). The feed goes on when the source allows.`,
  },
  'source.error': {
    lv: (d) =>
      `Avotā ${d.host} ir kļūda (${d.status}). Plūsma mēģinās vēlreiz pati; ja tas turpinās, jautājiet avota uzturētājam.`,
    en: (d) =>
      `The source ${d.host} has an error (${d.status}). The feed tries again by itself; if it goes on, ask who runs the source.`,
  },
  'source.not_allowed': {
    lv: (d) => `Avots ${d.host} mūs nelaiž (${d.status}). Pārbaudiet plūsmas piekļuves datus.`,
    en: (d) => `The source ${d.host} does not let us in (${d.status}). Check the credentials of the feed.`,
  },
  'source.not_found': {
    lv: (d) => `Avotā nav ${d.path} (404). Pārbaudiet adresi plūsmas iestatījumos.`,
    en: (d) => `The source has no ${d.path} (404). Check the address in the settings of the feed.`,
  },
  'source.refused': {
    lv: (d) => `Avots ${d.host} pieprasījumu noraidīja (${d.status}). Pārbaudiet plūsmas iestatījumus.`,
    en: (d) => `The source ${d.host} refused what was asked (${d.status}). Check the settings of the feed.`,
  },
  'source.schema': {
    lv: (d) =>
      `Avots atbild citādi, nekā norunāts: ${d.fields}. Nekas nav pārņemts. Vienojieties ar avotu, tad palaidiet plūsmu.`,
    en: (d) =>
      `The source answers otherwise than agreed: ${d.fields}. Nothing was taken over. Settle it with the source, then run the feed.`,
  },
  'source.too_large': {
    lv: (d) => `Avota atbilde ir lielāka par ${d.limit} MB. Tādu neņem pretī; lūdziet avotam mazākas lapas.`,
    en: (d) =>
      `The answer of the source is larger than ${d.limit} MB. Such an answer is not taken; ask the source for smaller pages.`,
  },
  'source.circle': {
    lv: () => 'Avota lapas atkārtojas un nebeidzas. Nekas no tām nav pārņemts; paziņojiet avota uzturētājam.',
    en: () =>
      'The pages of the source repeat themselves and never end. Nothing of them was taken over; tell who runs the source.',
  },
  'source.cursor_gone': {
    lv: () =>
      'Avots vairs neatceras vietu, līdz kurai esam lasījuši (410). Sistēmas uzturētājam plūsma jāsāk no jauna: ikms feeds restart.',
    en: () =>
      'The source does not remember any more how far we have read (410). The operator has to begin anew: ikms feeds restart.',
  },
  'secret.missing': {
    lv: (d) => `Nav piekļuves datu „${d.name}”. Sistēmas uzturētājam tie jāpievieno (docs/feeds.md).`,
    en: (d) => `There are no credentials “${d.name}”. The operator has to add them (docs/feeds.md).`,
  },
  'feed.settings': {
    lv: (d) =>
      `Plūsmas iestatījumos ir kļūda: ${d.fields}. Sistēmas uzturētājam tie jāizlabo: ikms feeds put.`,
    en: (d) =>
      `The settings of the feed have an error: ${d.fields}. The operator has to correct them: ikms feeds put.`,
  },
  'feed.folder': {
    lv: (d) => `Mapes ${d.folder} nav vai tajā nedrīkst rakstīt. Sistēmas uzturētājam tā jāizveido.`,
    en: (d) => `There is no folder ${d.folder}, or it may not be written into. The operator has to make it.`,
  },
  'feed.mapping': {
    lv: (d) =>
      `Kartējums „${d.name}” nav saglabāts. Saglabājiet to lapā „Sūtīt failu” vai ar ikms mappings keep.`,
    en: (d) =>
      `No mapping “${d.name}” is kept. Keep it on the page “Send a file”, or with ikms mappings keep.`,
  },
  'feed.rows_refused': {
    lv: () =>
      'Saņemtajos datos ir kļūdas, tāpēc no tiem nekas nav pārņemts. Ielādes atskaitē redzams, kas jālabo avotā.',
    en: () =>
      'What came has mistakes, so nothing of it was taken over. The report of the import says what to correct at the source.',
  },
  'message.refused': {
    lv: (d) => `Saņēmējs ziņu noraidīja (${d.status}). Vienojieties ar saņēmēju, tad sūtiet to vēlreiz.`,
    en: (d) =>
      `The receiver refused the message (${d.status}). Settle it with the receiver, then send it again.`,
  },
  'message.row_refused': {
    lv: (d) => `Saņēmējs ziņu noraidīja (${d.why}). Vienojieties ar saņēmēju, tad sūtiet to vēlreiz.`,
    en: (d) =>
      `The receiver refused the message (${d.why}). Settle it with the receiver, then send it again.`,
  },
  'message.given_up': {
    lv: (d) => `Ziņu neizdevās nosūtīt ${d.tries} mēģinājumos. Kad saņēmējs atbild, sūtiet to vēlreiz.`,
    en: (d) => `The message could not be sent in ${d.tries} tries. When the receiver answers, send it again.`,
  },
  'message.gone': {
    lv: () => 'Tā, par ko bija ziņa, vairs nav. Ziņa nav nosūtīta.',
    en: () => 'What the message was about is not there any more. It was not sent.',
  },
  'feed.error': {
    lv: () =>
      'Plūsmas laikā radās kļūda; nekas no pēdējā sūtījuma nav pārņemts. Ja tā atkārtojas, paziņojiet sistēmas uzturētājam.',
    en: () =>
      'The run met an error; nothing of the last delivery was taken over. If it comes again, tell the operator.',
  },
  'feed.interrupted': {
    lv: () => 'Sistēma plūsmas laikā apstājās. Nākamais mēģinājums turpina no pēdējās pārņemtās vietas.',
    en: () =>
      'The system stopped during the run. The next one goes on from where the last delivery was taken over.',
  },
} satisfies Record<string, Sentence>

export type FaultCode = keyof typeof sentences

/** What happened and what to do; also for what the import refused to begin with. */
export function faultWords(code: string, detail: FaultDetail = {}): Words {
  const found = (sentences as Record<string, Sentence>)[code]
  return found ? { lv: found.lv(detail), en: found.en(detail) } : ruleWords(code, detail)
}
