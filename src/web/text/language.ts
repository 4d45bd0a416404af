import i18next, { type TFunction } from 'i18next'
import { createContext, use } from 'react'
import type { Locale, Words } from '#terms/locale.ts'
import { address, type PageKey, type PageParams } from '../addresses.ts'
import en from './en.json' with { type: 'json' }
import { type Formats, formats } from './format.ts'
import lv from './lv.json' with { type: 'json' }

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'portal'
    resources: { portal: typeof lv }
  }
}

/** One language of the portal: its words, its numbers and its addresses. */
export interface Language extends Formats {
  locale: Locale
  /** Words of the interface by key; `count` chooses the right ending. */
  t: TFunction
  /** Words that come with data. */
  name: (words: Words) => string
  /** Address of a page in this language. */
  to: (page: PageKey, params?: PageParams) => string
}

const words = i18next.createInstance()
words.init({
  lng: 'lv',
  fallbackLng: false,
  defaultNS: 'portal',
  resources: { lv: { portal: lv }, en: { portal: en } },
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
  initAsync: false,
})

function languageOf(locale: Locale): Language {
  return {
    ...formats[locale],
    locale,
    t: words.getFixedT(locale),
    name: (said) => said[locale],
    to: (page, params) => address(locale, page, params),
  }
}

export const languages: Record<Locale, Language> = { lv: languageOf('lv'), en: languageOf('en') }

const Spoken = createContext(languages.lv)
export const LanguageProvider = Spoken

/** The language of the page being drawn. */
export function useLanguage(): Language {
  return use(Spoken)
}

/** The language of an address: its first step. */
export function localeOf(pathname: string): Locale {
  return /^(\/embed)?\/en(\/|$)/.test(pathname) ? 'en' : 'lv'
}
