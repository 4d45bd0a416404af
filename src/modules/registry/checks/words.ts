import type { Words } from '#terms/locale.ts'

/**
 * Where in the state education information system (VIIS) something is corrected. The names of its screens are assumptions until
 * its keepers confirm them.
 */
export const screens = {
  institution: (lv: string, en: string): Words => ({
    lv: `VIIS, iestādes kartīte, lauks „${lv}”`,
    en: `VIIS, card of the institution, field “${en}”`,
  }),
  site: (lv: string, en: string): Words => ({
    lv: `VIIS, īstenošanas vieta, lauks „${lv}”`,
    en: `VIIS, place of delivery, field “${en}”`,
  }),
  programme: (lv: string, en: string): Words => ({
    lv: `VIIS, iestādes programmas, lauks „${lv}”`,
    en: `VIIS, programmes of the institution, field “${en}”`,
  }),
  class: (lv: string, en: string): Words => ({
    lv: `VIIS, klases un grupas, lauks „${lv}”`,
    en: `VIIS, classes and groups, field “${en}”`,
  }),
  learner: (lv: string, en: string): Words => ({
    lv: `VIIS, izglītojamā kartīte, lauks „${lv}”`,
    en: `VIIS, card of the learner, field “${en}”`,
  }),
  movement: (lv: string, en: string): Words => ({
    lv: `VIIS, izglītojamā kustība, lauks „${lv}”`,
    en: `VIIS, movements of the learner, field “${en}”`,
  }),
  staff: (lv: string, en: string): Words => ({
    lv: `VIIS, pedagoga kartīte, lauks „${lv}”`,
    en: `VIIS, card of the teacher, field “${en}”`,
  }),
  load: (lv: string, en: string): Words => ({
    lv: `VIIS, tarifikācija, lauks „${lv}”`,
    en: `VIIS, teaching loads, field “${en}”`,
  }),
}
