import type { Locale } from '#terms/locale.ts'
import type { Prose } from './prose.ts'

export const help: Record<Locale, Prose> = {
  lv: {
    title: 'Kā lasīt skaitļus',
    lead: 'Katram skaitlim šajā vietnē ir mērvienība, skolēnu skaits, kļūdas robežas un avots. Šī lapa paskaidro, ko ar tiem darīt.',
    sections: [
      {
        title: 'Skaitlis un tā kļūdas robežas',
        id: 'interval',
        body: [
          'Vienā dienā rakstīts darbs neparāda visu. Citā dienā vai ar citiem uzdevumiem tie paši skolēni iegūtu mazliet citu rezultātu, un nākamgad klasē būs citi bērni. Tāpēc blakus katram vidējam stāv kļūdas robežas.',
          '„5,8 (no 5,1 līdz 6,5)” nozīmē: vidējais ir 5,8, un ar 95 % ticamību patiesā vērtība ir starp 5,1 un 6,5. Jo mazāk skolēnu, jo platākas robežas.',
          'Zīmējumā punkts ir vidējais, līnija caur to – kļūdas robežas.',
        ],
      },
      {
        title: 'Kad divi skaitļi atšķiras',
        id: 'difference',
        body: [
          'Ka divi rezultāti atšķiras, mēs sakām tikai tad, ja pašas starpības kļūdas robežas nesatur nulli. Citos gadījumos rakstām „nav skaidras atšķirības”.',
          '„Nav skaidras atšķirības” nenozīmē „ir vienādi”. Tas nozīmē: šie dati nepierāda ne atšķirību, ne vienādību.',
          'Divu līniju pārklāšanās zīmējumā vēl neko nepierāda: starpībai ir savas robežas, un tās aprēķina atsevišķi. Skatieties vārdus, nevis tikai zīmējumu.',
        ],
      },
      {
        title: 'Kāpēc daži skaitļi nav redzami',
        id: 'missing',
        body: [
          'Ja grupā ir maz skolēnu, no vidējā varētu uzzināt atsevišķa bērna rezultātu. Tāpēc tādus skaitļus publiski nerāda. Skaitļa vietā ir simbols, un tabulas apakšā – iemesls.',
          {
            terms: [
              [
                'c – aizsargāts',
                'Skolēnu ir par maz, visiem ir viens un tas pats rezultāts, skaitlis atklātu citu aizsargātu skaitli vai nav lēmuma to publicēt šajā līmenī.',
              ],
              ['z – neattiecas', 'Šāds jautājums šeit nerodas.'],
              ['x – nav datu', 'Avotā šādu datu nav.'],
            ],
          },
          'Aizsargāts skaitlis nav slikta ziņa par skolu. Mazas skolas vadība, iegājusi sistēmā, savas skolas skaitļus redz pilnībā, un savus skolēnus – pēc vārda.',
          { links: [['/lv/noteikumi', 'Kāpēc daži skaitļi nav redzami: piemēri un noteikumi']] },
        ],
      },
      {
        title: 'Monitoringa darbu līmeņi',
        id: 'levels',
        body: [
          'Monitoringa darba rezultātu izsaka četros līmeņos. Katrai klasei, pratībai un satura jomai ir aprakstīts, ko bērns šajā līmenī prot un kas palīdz mājās un skolā.',
          { links: [['/lv/paligs/limeni', 'Ko nozīmē līmeņi']] },
        ],
      },
      {
        title: 'Salīdzināt, nevis ranžēt',
        id: 'no-ranking',
        body: [
          'Skolas un pašvaldības visur stāv alfabētiski. Sarakstu pēc rezultāta nav ne lapās, ne programmatūras saskarnē (API): lielāko daļu atšķirību starp skolām nosaka tas, ar kādām zināšanām un kādos apstākļos bērni sāka.',
          'Skolas darbam tuvāka ir izaugsme: cik tālu skolēni tikuši, salīdzinot ar citiem, kam bija tāds pats sākums.',
        ],
      },
      {
        title: 'Izaugsme starp diviem pārbaudījumiem',
        id: 'progress',
        body: [
          'Katra skolēna vēlāko rezultātu salīdzina ar vidējo rezultātu skolēniem, kuriem agrāk bija tāds pats sākums. Nulle nozīmē: tikpat, cik citi ar tādu pašu sākumu. Valstī kopā izaugsme vienmēr ir nulle.',
          'Vienam mērījumam izaugsmes nav, un viens gads nav tendence. Kur tā vēl nav zināma, mēs to sakām.',
        ],
      },
      {
        title: 'Vidējais nāk no skolēniem',
        id: 'mean',
        body: [
          'Pašvaldības un valsts vidējo aprēķina no visiem skolēniem, nevis no skolu vidējiem. Liela skola tāpēc sver vairāk nekā maza.',
        ],
      },
    ],
  },
  en: {
    title: 'How to read the numbers',
    lead: 'Every number on this site has a unit, a number of pupils, an interval and a source. This page says what to do with them.',
    sections: [
      {
        title: 'A number and its interval',
        id: 'interval',
        body: [
          'A test sat on one day does not show everything. On another day, or with other questions, the same pupils would have a slightly different result, and next year there will be other children. That is why an interval stands beside every mean.',
          '“5.8 (5.1 to 6.5)” means: the mean is 5.8 and, with 95% confidence, the true value lies between 5.1 and 6.5. The fewer pupils, the wider the interval.',
          'In the drawings the dot is the mean and the line through it is the interval.',
        ],
      },
      {
        title: 'When two numbers differ',
        id: 'difference',
        body: [
          'We say that two results differ only when the interval of the difference itself leaves out zero. Otherwise we write “no clear difference”.',
          '“No clear difference” does not mean “the same”. It means that these data prove neither.',
          'That two lines overlap in a drawing proves nothing yet: a difference has an interval of its own, worked out separately. Read the words, not the drawing alone.',
        ],
      },
      {
        title: 'Why some numbers are missing',
        id: 'missing',
        body: [
          'In a small group the mean could give away the result of a single child. Such numbers are not shown in public. A symbol stands in their place, and the reason below the table.',
          {
            terms: [
              [
                'c – confidential',
                'There are too few pupils, all have the same result, the number would give away another protected one, or there is no decision to publish it at this level.',
              ],
              ['z – not applicable', 'The question does not arise here.'],
              ['x – unavailable', 'The source has no such data.'],
            ],
          },
          'A protected number is no bad news about a school. The head of a small school, once signed in, sees the school’s own numbers in full, and its own pupils by name.',
          { links: [['/en/rules', 'Why some numbers are missing: examples and rules']] },
        ],
      },
      {
        title: 'Levels of monitoring tests',
        id: 'levels',
        body: [
          'The result of a monitoring test is told in four levels. For every grade, domain and strand it is described what a child at a level can do and what helps at home and at school.',
          { links: [['/en/help/levels', 'What the levels mean']] },
        ],
      },
      {
        title: 'Compare, do not rank',
        id: 'no-ranking',
        body: [
          'Schools and municipalities stand in alphabetical order everywhere. There is no list by result, on the pages or in the API: most of what differs between schools is what children knew, and how they lived, when they started.',
          'Progress is closer to the work of a school: how far its pupils came, compared with others who started level.',
        ],
      },
      {
        title: 'Progress between two tests',
        id: 'progress',
        body: [
          'The later result of each pupil is compared with the mean result of pupils who had the same start. Zero means as far as others with the same start. In the country as a whole it is always zero.',
          'A single test has no progress, and one year is no trend. Where it cannot be known yet, we say so.',
        ],
      },
      {
        title: 'Means come from pupils',
        id: 'mean',
        body: [
          'The mean of a municipality or the country is computed from all its pupils, never from the means of schools. A large school therefore weighs more than a small one.',
        ],
      },
    ],
  },
}
