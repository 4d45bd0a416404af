import type { Locale } from '#terms/locale.ts'
import type { Prose } from './prose.ts'

export const accessibility: Record<Locale, Prose> = {
  lv: {
    title: 'Piekļūstamības paziņojums',
    lead: 'Vietne ir veidota, lai to varētu lasīt ikviens: ar tastatūru, ekrāna lasītāju, mazā ekrānā, uz papīra un bez skriptiem.',
    sections: [
      {
        title: 'Kas ir pārbaudīts',
        id: 'checked',
        body: [
          'Mērķis ir WCAG 2.2 AA līmenis. Pirms katras versijas lapas automātiski pārbauda:',
          [
            'ar axe – kontrasts, virsraksti, nosaukumi, tabulu uzbūve, gaišā un tumšā noformējumā;',
            'tikai ar tastatūru – katrs lauks un saite ir sasniedzami, fokuss ir redzams, nekur nevar iesprūst;',
            '320 pikseļu platumā – nav jāritina sāniski;',
            'bez skriptiem – viss lasāmais ir redzams.',
          ],
          'Katram zīmējumam blakus ir teikums un tabula ar tiem pašiem skaitļiem. Krāsa nekad nav vienīgā zīme.',
        ],
      },
      {
        title: 'Kas vēl nav izdarīts',
        id: 'open',
        body: [
          [
            'Vietni vēl nav izvērtējis neatkarīgs eksperts.',
            'Vietni vēl nav izmēģinājuši cilvēki, kas ikdienā lieto ekrāna lasītāju.',
            'Nav satura vieglajā valodā un zīmju valodā.',
          ],
        ],
      },
    ],
  },
  en: {
    title: 'Accessibility statement',
    lead: 'This site is made to be read by everyone: with a keyboard, a screen reader, on a small screen, on paper and without scripts.',
    sections: [
      {
        title: 'What is checked',
        id: 'checked',
        body: [
          'The goal is WCAG 2.2 level AA. Before each version the pages are checked automatically:',
          [
            'with axe – contrast, headings, names, structure of tables, in light and dark;',
            'with the keyboard alone – every field and link can be reached, focus is visible, nothing traps;',
            'at a width of 320 pixels – no scrolling sideways;',
            'without scripts – all that is to be read is there.',
          ],
          'Beside every chart stand a sentence and a table with the same numbers. Colour is never the only sign.',
        ],
      },
      {
        title: 'What is not done yet',
        id: 'open',
        body: [
          [
            'The site has not been assessed by an independent expert.',
            'It has not been tried by people who use a screen reader every day.',
            'There is no content in easy language or sign language.',
          ],
        ],
      },
    ],
  },
}
