import type { Locale } from '#terms/locale.ts'
import type { Prose } from './prose.ts'

export const data: Record<Locale, Prose> = {
  lv: {
    title: 'Dati un API',
    lead: 'Ko rāda lapa, to var saņemt arī programma: tie paši skaitļi, tās pašas kļūdas robežas, tie paši iemesli, kāpēc skaitļa nav.',
    sections: [
      {
        title: 'Lejupielādēt',
        id: 'download',
        body: [
          'Zem katra zīmējuma un tabulas ir saite „Lejupielādēt CSV”. Fails ir UTF-8 kodējumā; katrā rindā ir viena vieta, skaitlis, skolēnu skaits, kļūdas robežas vai iemesls, kāpēc skaitļa nav.',
        ],
      },
      {
        title: 'Programmām',
        id: 'api',
        body: [
          'API sākas ar /api/v1 un atbild JSON formātā. Atslēga nav vajadzīga: publiskie skaitļi ir publiski.',
          {
            code: 'GET /api/v1/config\nGET /api/v1/indicators\nGET /api/v1/territories\nGET /api/v1/profiles/{id}?year=…\nGET /api/v1/cells?indicator=…&year=…&level=municipality\nGET /api/v1/cells.csv?indicator=…&year=…&level=municipality\nGET /api/v1/series?unit={id}&indicator=…&borders=today',
          },
          'Pilnu aprakstu dod OpenAPI 3.1. Kļūdu atbildes seko RFC 9457, garus sarakstus lasa pa lapām (next), un skaitļu un reģistra atbildēm ir ETag, kas mainās līdz ar datu versiju.',
          'Saraksti vienmēr ir alfabētiski. Kārtošanas pēc rezultāta nav.',
          {
            links: [
              ['/api/v1/openapi.json', 'OpenAPI apraksts'],
              ['/lv/raditaji', 'Rādītāju definīcijas'],
              ['/lv/laidieni', 'Datu laidieni'],
              ['/lv/noteikumi', 'Kāpēc daži skaitļi nav redzami'],
            ],
          },
        ],
      },
      {
        title: 'Ja lietojat skaitļus tālāk',
        id: 'use',
        body: [
          [
            'Miniet avotu, mācību gadu un datu laidiena numuru.',
            'Rādiet kļūdas robežas kopā ar skaitli.',
            'Nesauciet par atšķirību to, kas ir kļūdas robežās.',
            'Nemēģiniet aprēķināt aizsargātos skaitļus.',
          ],
        ],
      },
    ],
  },
  en: {
    title: 'Data and API',
    lead: 'What a page shows, a program can fetch: the same numbers, the same intervals, the same reasons why a number is missing.',
    sections: [
      {
        title: 'Download',
        id: 'download',
        body: [
          'Below every chart and table there is a link “Download CSV”. The file is UTF-8; each line holds one place, its figure, the number of pupils, the interval, or the reason why there is no figure.',
        ],
      },
      {
        title: 'For programs',
        id: 'api',
        body: [
          'The API begins at /api/v1 and answers in JSON. No key is needed: public figures are public.',
          {
            code: 'GET /api/v1/config\nGET /api/v1/indicators\nGET /api/v1/territories\nGET /api/v1/profiles/{id}?year=…\nGET /api/v1/cells?indicator=…&year=…&level=municipality\nGET /api/v1/cells.csv?indicator=…&year=…&level=municipality\nGET /api/v1/series?unit={id}&indicator=…&borders=today',
          },
          'The full description is OpenAPI 3.1. Refusals follow RFC 9457, long lists are read page by page (next), and answers with figures or from the register have an ETag that changes with the data version.',
          'Lists are always alphabetical. There is no order by result.',
          {
            links: [
              ['/api/v1/openapi.json', 'OpenAPI description'],
              ['/en/indicators', 'Definitions of indicators'],
              ['/en/releases', 'Releases'],
              ['/en/rules', 'Why some numbers are missing'],
            ],
          },
        ],
      },
      {
        title: 'If you use the numbers elsewhere',
        id: 'use',
        body: [
          [
            'Name the source, the school year and the number of the release.',
            'Show the interval together with the figure.',
            'Do not call a difference what lies within the interval.',
            'Do not try to work out protected numbers.',
          ],
        ],
      },
    ],
  },
}
