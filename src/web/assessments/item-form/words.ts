import type { Content } from '#modules/assessments/model.ts'

/** Words of the answering form itself. They are in the language of the item, not of the portal around it. */
export interface Words {
  choose: string
  place: (of: string) => string
  joins: (what: string) => string
  atMost: (count: number) => string
  oneOnly: string
  several: string
  order: string
  onceEach: string
  line: string
  characters: (count: number) => string
  number: (x: number) => string
  support: Record<Content['catalog'][number]['cards'][number]['support'], string>
}

const lv: Words = {
  choose: 'Izvēlies…',
  place: (of) => `Kurā vietā: ${of}`,
  joins: (what) => `Kas atbilst: ${what}`,
  atMost: (count) => `Var izvēlēties ne vairāk kā ${count}.`,
  oneOnly: 'Viena atbilde.',
  several: 'Var būt vairākas atbildes.',
  order: 'Katram izvēlies vietas numuru.',
  onceEach: 'Katru atbildi izmanto vienu reizi.',
  line: 'Vieta uz skaitļu taisnes',
  number: (x) => new Intl.NumberFormat('lv').format(x),
  characters: (count) => `Ne vairāk kā ${count} rakstzīmju.`,
  support: {
    spoken: 'Lasāms skaļi',
    'long-description': 'Apraksts',
    'simplified-language': 'Vieglajā valodā',
    'sign-language': 'Zīmju valodai',
    braille: 'Brailam',
  },
}

const en: Words = {
  choose: 'Choose…',
  place: (of) => `In which place: ${of}`,
  joins: (what) => `What belongs to: ${what}`,
  atMost: (count) => `You can choose at most ${count}.`,
  oneOnly: 'One answer.',
  several: 'There may be several answers.',
  order: 'Choose the number of its place for each.',
  onceEach: 'Use each answer once.',
  line: 'Place on the number line',
  number: (x) => new Intl.NumberFormat('en').format(x),
  characters: (count) => `At most ${count} characters.`,
  support: {
    spoken: 'To be read aloud',
    'long-description': 'Description',
    'simplified-language': 'In simple language',
    'sign-language': 'For sign language',
    braille: 'For braille',
  },
}

/** Items in other languages get the Latvian words until their own are written. */
export const wordsIn = (language: Content['language']): Words => (language === 'en' ? en : lv)
