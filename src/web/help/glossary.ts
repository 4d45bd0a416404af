import type { Locale } from '#terms/locale.ts'
import type { Prose } from './prose.ts'

export const glossary: Record<Locale, Prose> = {
  lv: {
    title: 'Vārdnīca',
    lead: 'Vārdi, kā tos lieto šajā vietnē. Vienai lietai visur ir viens vārds.',
    sections: [
      {
        title: 'Skaitļi',
        id: 'numbers',
        body: [
          {
            terms: [
              [
                'Rādītājs',
                'Viens noteikts skaitlis ar definīciju, mērvienību, avotu un versiju, piemēram, „Pārbaudījuma vidējais rezultāts”.',
              ],
              ['Kļūdas robežas', 'Intervāls, kurā ar 95 % ticamību ir patiesā vērtība.'],
              [
                'Nav skaidras atšķirības',
                'Starpības kļūdas robežas satur nulli: dati nepierāda, ka skaitļi atšķiras.',
              ],
              [
                'Izaugsme',
                'Par cik punktiem skolēnu rezultāts atšķiras no vidējā rezultāta skolēniem ar tādu pašu sākumu.',
              ],
              [
                'Aizsargāts skaitlis',
                'Skaitlis, ko publiski nerāda, lai neatklātu atsevišķus bērnus; tā vietā ir simbols c.',
              ],
              [
                'Datu laidiens',
                'Publicētu skaitļu kopums ar numuru, ko vairs nemaina; labojums ir jauns laidiens.',
              ],
            ],
          },
          {
            links: [
              ['/lv/noteikumi', 'Kāpēc daži skaitļi nav redzami'],
              ['/lv/laidieni', 'Datu laidieni'],
            ],
          },
        ],
      },
      {
        title: 'Vietas un laiks',
        id: 'places',
        body: [
          {
            terms: [
              ['Pašvaldība', 'Novads vai valstspilsēta, kuras teritorijā ir skolas juridiskā adrese.'],
              ['Skola', 'Izglītības iestāde izglītības iestāžu reģistrā.'],
              [
                'Mācību gads',
                'No 1. septembra līdz 31. augustam. Adresēs to apzīmē ar gadu, kurā tas beidzas: 2026 ir 2025./2026. m. g.',
              ],
            ],
          },
        ],
      },
      {
        title: 'Cilvēki un piekļuve',
        id: 'people',
        body: [
          {
            terms: [
              ['Skolēns', 'Cilvēks, kas mācās skolā. Vienā mācību gadā skaita pamata mācību vietu.'],
              ['Skolotājs, pedagogs', 'Cilvēks, kas māca. Katra darba vieta un slodze ir pedagogu reģistrā.'],
              [
                'Klases audzinātājs',
                'Skolotājs, kurš atbild par vienu klasi; tikai viņš un skolas vadība redz tās skolēnus pēc vārda.',
              ],
              ['Pilnvaras', 'Loma ar vietu, piemēram, „skolas vadība, …”. No tām atkarīgs, ko var redzēt.'],
              ['Piekļuves žurnāls', 'Ieraksti par to, kurš un kad aplūkojis skolēnus pēc vārda.'],
            ],
          },
        ],
      },
    ],
  },
  en: {
    title: 'Glossary',
    lead: 'Words as this site uses them. One thing has one word everywhere.',
    sections: [
      {
        title: 'Numbers',
        id: 'numbers',
        body: [
          {
            terms: [
              [
                'Indicator',
                'One defined figure with its definition, unit, source and version, such as “Mean test result”.',
              ],
              ['Interval', 'The range that holds the true value with 95% confidence.'],
              [
                'No clear difference',
                'The interval of the difference holds zero: the data do not prove that the figures differ.',
              ],
              [
                'Progress',
                'By how many points results differ from the mean result of pupils who started level.',
              ],
              [
                'Protected number',
                'A figure not shown in public so that no single child is revealed; the symbol c stands in its place.',
              ],
              [
                'Release',
                'A numbered set of published figures that is never changed; a correction is a new release.',
              ],
            ],
          },
          {
            links: [
              ['/en/rules', 'Why some numbers are missing'],
              ['/en/releases', 'Releases'],
            ],
          },
        ],
      },
      {
        title: 'Places and time',
        id: 'places',
        body: [
          {
            terms: [
              ['Municipality', 'The local authority in whose territory the legal address of a school lies.'],
              ['School', 'An institution in the register of education institutions.'],
              [
                'School year',
                'From 1 September to 31 August. Addresses name it by the year it ends: 2026 is 2025/26.',
              ],
            ],
          },
        ],
      },
      {
        title: 'People and access',
        id: 'people',
        body: [
          {
            terms: [
              [
                'Pupil',
                'A person who learns at a school. Within a school year the main place of study counts.',
              ],
              [
                'Teacher',
                'Somebody who teaches. Every place of work and load is in the register of teachers.',
              ],
              [
                'Class teacher',
                'The teacher who answers for one class; only they and the head of the school see its pupils by name.',
              ],
              [
                'Mandate',
                'A role with a place, such as “school management, …”. It decides what one may see.',
              ],
              ['Audit trail', 'The record of who looked at named pupils, and when.'],
            ],
          },
        ],
      },
    ],
  },
}
