import type { Words } from '#terms/locale.ts'
import type { JobFailure } from './model.ts'

/** What happened and what to do, for each reason why a try of a job did not come to its end. */
export const failureWords: Record<JobFailure, Words> = {
  'job.failed': {
    lv: 'Darba laikā radās kļūda; nekas no tā netika saglabāts. Atkārtojiet; ja kļūda paliek, nosūtiet darba numuru sistēmas uzturētājam.',
    en: 'The job met an error; nothing of it was kept. Retry it; if the error stays, send the number of the job to the operator.',
  },
  'job.interrupted': {
    lv: 'Darbu pārtrauca sistēmas apstāšanās vai atmiņas trūkums; nekas no tā netika saglabāts. To var atkārtot.',
    en: 'The job was cut off by a stop of the system or a lack of memory; nothing of it was kept. It can be retried.',
  },
  'job.too_long': {
    lv: 'Darbs ilga vairāk nekā sešas stundas un tika pārtraukts; nekas no tā netika saglabāts.',
    en: 'The job took more than six hours and was stopped; nothing of it was kept.',
  },
  'job.wrong_payload': {
    lv: 'Šo darbu šī sistēmas versija neprot izpildīt. Uzdodiet to no jauna.',
    en: 'This version of the system cannot do this job. Ask for it anew.',
  },
  'release.refused': {
    lv: 'Laidiens netika publicēts: pārbaudē izdevās atklāt kādu slēptu skaitli. Spēkā paliek iepriekšējais laidiens. Paziņojiet sistēmas uzturētājam.',
    en: 'Nothing was released: the check managed to work out a hidden figure. The release before stays in force. Tell the operator.',
  },
  'keys.lost': {
    lv: 'Rādītāji ir aprēķināti, bet tabulas ar nejaušu piedevu nav atjaunotas: atslēgu failā trūkst atslēgas, ar kuru piedeva tika veidota. Sistēmas uzturētājam tā jāatjauno.',
    en: 'The indicators are computed, but the tables with noise were not renewed: the key file lacks the key that the noise was made with. The operator has to bring it back.',
  },
  'upload.gone': {
    lv: 'Augšupielādētā faila vairs nav: fails glabājas vienu diennakti vai līdz ielādes beigām. Sūtiet to vēlreiz.',
    en: 'The uploaded file is not there any more: it is kept for a day, or until its import ends. Send it again.',
  },
  'import.not_begun': {
    lv: 'Ielādi nevarēja sākt; iemesls ir redzams faila lapā. No faila nekas nav pārņemts.',
    en: 'The import could not begin; the page of the file says why. Nothing of the file was taken over.',
  },
  'demo.not_fresh': {
    lv: 'Sistēmā jau ir dati vai lietotāji, tāpēc izdomātie dati tajā netika ielādēti.',
    en: 'There are data or people in the system already, so the made-up data were not loaded into it.',
  },
  'roster.refused': {
    lv: 'Dalībnieku saraksts nav izveidots: reģistrā nav neviena šīs klases skolēna, izlasei nepietiek skolu vai darbs jau ir atvērts.',
    en: 'No roster was made: the register has no pupil of the grade, the sample has too few schools, or the round is open already.',
  },
  'round_file.gone': {
    lv: 'Nosūtītā faila vairs nav: to glabā diennakti. No tā nekas nav pārņemts. Nosūtiet failu vēlreiz.',
    en: 'The file that was sent is not there any more: it is kept for a day. Nothing of it was taken over. Send it again.',
  },
  'reports.refused': {
    lv: 'Skolu pārskati nav sagatavoti: šī sistēma neveido PDF failus vai prasītāja tiesības ir beigušās.',
    en: 'The reports of schools were not made: this system makes no PDF files, or the mandate of whoever asked has ended.',
  },
  'scaling.refused': {
    lv: 'Darbs netika skalots: tas nav slēgts, kāda atbilde vēl gaida vērtētāju vai atbilžu ir par maz. Iemeslu rāda monitoringa darba lapa.',
    en: 'The test was not scaled: it is not closed, some answer still waits for a marker, or there are too few answers. The page of the test says which.',
  },
}

/**
 * What may be kept of an error: its SQLSTATE or the name of its class. Messages may quote data and are never kept.
 */
export function faultOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  for (const each of [code, name]) {
    if (typeof each === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(each)) return each
  }
  return 'Error'
}
