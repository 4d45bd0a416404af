import type { Locale } from '#terms/locale.ts'
import type { Prose } from './prose.ts'

export const privacy: Record<Locale, Prose> = {
  lv: {
    title: 'Privātums',
    lead: 'Publiskajās lapās nav personas datu, un par to lasītājiem datus nevāc.',
    sections: [
      {
        title: 'Lasītāji',
        id: 'readers',
        body: [
          'Publiskās lapas nelieto sīkdatnes, skriptus un citu vietņu pakalpojumus. Fonti un attēli nāk no šīs pašas vietnes.',
          'Žurnālā ieraksta pieprasījuma numuru, lapas adresi bez meklētajiem vārdiem, laiku un atbildes kodu, lai varētu atrast kļūdas un atvairīt pārslodzi.',
        ],
      },
      {
        title: 'Tie, kas iegājuši sistēmā',
        id: 'signed-in',
        body: [
          'Kamēr piesakāties, ir sīkdatne, kas dzīvo ne ilgāk par piecpadsmit minūtēm; pēc ienākšanas ir viena sīkdatne, kas uztur sesiju un beidzas līdz ar to. Personas kodu no pieteikšanās pakalpojuma nesaglabājam: pēc tā tikai atrodam pilnvaras. Lapas ar neaizsargātiem skaitļiem pārlūks un starpnieki nesaglabā.',
          'Katru reizi, kad kāds aplūko skolēnus pēc vārda, to ieraksta piekļuves žurnālā. Skolēns un vecāki lapā „Kas skatījies” redz, kad, kādā lomā un no kuras iestādes tas darīts.',
        ],
      },
      {
        title: 'Skolēni',
        id: 'pupils',
        body: [
          'Vārdi un personas kodi glabājas atsevišķi no visa, ko analizē, un ir aizzīmogoti. Publiski rāda tikai skaitļus par grupām, kas nav mazākas par noteikto. Lapu adresēs personas datu nav.',
        ],
      },
    ],
  },
  en: {
    title: 'Privacy',
    lead: 'There are no personal data on the public pages, and none are collected about their readers.',
    sections: [
      {
        title: 'Readers',
        id: 'readers',
        body: [
          'Public pages use no cookies, no scripts and no services of other sites. Fonts and pictures come from this site itself.',
          'The log holds the request number, the address of the page without the words searched for, the time and status of an answer, to find errors and to ward off overload.',
        ],
      },
      {
        title: 'People who have signed in',
        id: 'signed-in',
        body: [
          'While you sign in there is a cookie that lives for fifteen minutes at most; after that one cookie keeps the session and ends with it. We do not keep the personal code from the sign-in service: it only finds your mandates. Pages with unprotected numbers are not stored by browsers or proxies.',
          'Every time somebody looks at pupils by name, the audit trail records it. The pupil and the parents see on the page “Who has looked” when, in which capacity and from which institution it was done.',
        ],
      },
      {
        title: 'Pupils',
        id: 'pupils',
        body: [
          'Names and personal codes are kept apart from everything that is analysed, and sealed. In public only numbers about groups no smaller than the rule are shown. No page address holds personal data.',
        ],
      },
    ],
  },
}
