import { MERGED } from '../network/municipalities.ts'
import { SNAPSHOT } from '../size.ts'
import { type Handlers, isPicked, type Ledger } from './ledger.ts'

const TAKES = { small: 1, demo: 2, country: 2 } // one institution in so many may have a fault
const CLOSED_ON = '2026-09-15'

const ofInstitution = [
  ...(['institution.no_type', 'institution.no_founder', 'institution.territory_gone'] as const),
  ...(['registry.unknown-code.institution-kind', 'registry.unknown-code.institution-type'] as const),
  ...(['institution.closed_with_learners', 'institution.no_site'] as const),
] as const
const ofSchool = [
  ...(['institution.accreditation_over', 'institution.no_head', 'institution.two_heads'] as const),
  ...(['institution.over_capacity'] as const),
] as const
const ofSite = [
  ...([
    'site.no_coordinates',
    'site.outside_the_country',
    'site.territory_gone',
    'site.no_capacity',
  ] as const),
  ...(['site.no_area', 'site.area_of_place', 'site.building_year'] as const),
  'registry.unknown-code.site-degurba',
] as const
const ofProgramme = [
  ...(['programme.no_licence', 'programme.licence_after_start', 'programme.language_differs'] as const),
  ...(['registry.unknown-code.programme-type', 'registry.unknown-code.programme-language'] as const),
] as const

type Fault = (typeof ofInstitution)[number] | (typeof ofSchool)[number] | (typeof ofSite)[number]

/** Which institution was given which fault. The gravest are given to preschools and other schools beside general education. */
export class SchoolFaults {
  private readonly faults = new Map<unknown, Fault | null>()
  private readonly siteOf = new Map<unknown, unknown>()
  private readonly ledger: Ledger

  constructor(ledger: Ledger) {
    this.ledger = ledger
  }

  has(reg: unknown, fault: Fault): boolean {
    return this.faults.get(reg) === fault
  }

  /** Closed in the register, open in every other record. */
  isShut(reg: unknown): boolean {
    return this.has(reg, 'institution.closed_with_learners')
  }

  private choose(reg: unknown, kind: unknown): Fault | null {
    const { ledger } = this
    if (!isPicked(reg, TAKES[ledger.size])) return null
    const isGeneral = kind === 'general'
    const lists = isGeneral ? [ofSchool, ofSite] : kind === 'prison' ? [] : [ofInstitution, ofSite]
    const list: readonly Fault[] =
      ledger.size === 'small' ? [...ofInstitution, ...(isGeneral ? ofSchool : []), ...ofSite] : lists.flat()
    const fault = ledger.wanted(list, 'institution')
    if (fault && !fault.startsWith('site.') && fault !== 'registry.unknown-code.site-degurba') {
      ledger.plant(fault, 'institution', reg, reg)
    } else if (fault) {
      ledger.reserve(fault)
      this.siteOf.set(reg, null)
    }
    return fault
  }

  readonly handlers: Handlers = {
    institutions: (row) => {
      const reg = row.reg_number
      if (!this.faults.has(reg))
        this.faults.set(reg, row.closed_on === null ? this.choose(reg, row.kind) : null)
      switch (this.faults.get(reg)) {
        case 'institution.no_type':
          return [{ ...row, type: null }]
        case 'institution.no_founder':
          return [{ ...row, founder_id: null }]
        case 'institution.territory_gone':
          return [{ ...row, legal_atvk: MERGED.code }]
        case 'registry.unknown-code.institution-kind':
          return [{ ...row, kind: 'iestade' }]
        case 'registry.unknown-code.institution-type':
          return [{ ...row, type: 'cits_tips' }]
        case 'institution.closed_with_learners':
          return [{ ...row, closed_on: CLOSED_ON }]
        case 'institution.accreditation_over':
          return [{ ...row, accredited_until: '2025-06-15' }]
        default:
          return [row]
      }
    },
    delivery_sites: (row) => {
      const reg = row.reg_number
      const fault = this.faults.get(reg)
      if (fault === 'institution.no_site') return []
      if (fault === 'institution.over_capacity') return [{ ...row, capacity: 2 }]
      if (!this.siteOf.has(reg) || !fault) return [row]
      if (this.siteOf.get(reg) === null) {
        this.siteOf.set(reg, row.site_id)
        this.ledger.keep(fault, 'site', reg, row.site_id)
      }
      if (this.siteOf.get(reg) !== row.site_id) return [row]
      switch (fault) {
        case 'site.no_coordinates':
          return [{ ...row, lat: null, lon: null }]
        case 'site.outside_the_country':
          return [{ ...row, lat: row.lon, lon: row.lat }]
        case 'site.territory_gone':
          return [{ ...row, atvk: MERGED.code }]
        case 'site.no_capacity':
          return [{ ...row, capacity: null }]
        case 'site.no_area':
          return [{ ...row, floor_area_m2: null }]
        case 'site.area_of_place':
          return [{ ...row, floor_area_m2: Math.round(Number(row.floor_area_m2) / 10) }]
        case 'site.building_year':
          return [{ ...row, building_year: 2090 }]
        default:
          return [{ ...row, degurba: 'laukos' }]
      }
    },
    programmes: (row) => {
      const reg = row.reg_number
      const at = this.has(reg, 'institution.no_site') ? { ...row, site_id: null } : row
      const code = String(row.programme_code)
      const isGeneral = /^[0123]101..[12]/.test(code)
      const isOpen = row.ended_on === null || String(row.ended_on) > SNAPSHOT
      if (
        !isOpen ||
        !isGeneral ||
        !isPicked(reg, TAKES[this.ledger.size]) ||
        this.ledger.isTouched('institution', reg)
      )
        return [at]
      const fault = this.ledger.wanted(ofProgramme, 'institution')
      if (!fault) return [at]
      const isLanguage = fault === 'registry.unknown-code.programme-language'
      this.ledger.plant(
        fault,
        'institution',
        reg,
        reg,
        isLanguage && code[6] === '1' ? ['programme.language_differs'] : [],
      )
      switch (fault) {
        case 'programme.no_licence':
          return [{ ...at, licence_no: null }]
        case 'programme.licence_after_start':
          return [{ ...at, licence_date: `${Number(String(row.started_on).slice(0, 4)) + 1}-03-15` }]
        case 'programme.language_differs':
          return [{ ...at, language: code[6] === '1' ? 'minority' : 'lv' }]
        case 'registry.unknown-code.programme-type':
          return [at, { ...at, programme_code: `99${code.slice(2)}`, licence_no: `${row.licence_no}-2` }]
        default:
          return [{ ...at, language: 'cita' }]
      }
    },
  }
}
