import { z } from 'zod'
import { Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

/** What a monitoring work is about. */
export const Domain = z.enum(['reading', 'numeracy', 'science'])
export type Domain = z.infer<typeof Domain>

const Link = z.object({ stretch: z.number(), shift: z.number() })

/** On which scale a round is, and the way there from its own logits. */
export const Scale = z.object({
  name: z.string().describe('results on scales of the same name may be subtracted, others not'),
  kind: z
    .enum(['base', 'linked', 'vertical', 'own'])
    .describe(
      'base: it made the scale; linked: by anchors to earlier rounds of its grade; vertical: by anchors to grade 6; own: to nothing',
    ),
  linkedTo: z.string().nullable().describe('code of the round'),
  anchors: z.array(z.string()).describe('items that link, by version'),
  toBase: Link.extend({
    variance: z.object({ stretch: z.number(), shift: z.number(), covariance: z.number() }),
  }),
  anchorError: z.number().describe('from the choice of anchors, logits of the base'),
  reporting: Link.describe('from logits of the base to points'),
  linkError: z
    .number()
    .describe('of the mean of the round, points; does not shrink with the number of pupils'),
})
export type Scale = z.infer<typeof Scale>

/** What a flag is about; what it means and what to do is told in words of the portal. */
export const FlagCode = z.enum([
  'tooHard',
  'tooEasy',
  'weak',
  'negative',
  'distractorMisleads',
  'distractorUnused',
  'reliabilityLow',
  'misfit',
  'scoresUnlike',
  'dependent',
  'difSex',
  'difLanguage',
  'difRegion',
  'anchorDrift',
  'notLinked',
  'fewPeople',
  'notConverged',
  'itemWithoutScores',
  'formsNotLinked',
  'participationLow',
  'accuracyLow',
])
export type FlagCode = z.infer<typeof FlagCode>

export const Flag = z.object({
  code: FlagCode,
  items: z.array(z.string()).describe('codes of items; empty: the whole round'),
  value: z.number().nullable(),
  group: z.string().nullable().describe('the group that is compared with the others'),
})
export type Flag = z.infer<typeof Flag>

const share = z.number().min(0).max(1)

/** One group compared with the others on one item. */
export const Dif = z.object({
  by: z.enum(['sex', 'language', 'region']),
  group: z.string().describe('compared with the others, or with boys'),
  delta: z.number().nullable().describe('ETS delta; below 0: harder for the group than for equals'),
  error: z.number().nullable(),
  effect: z.number().nullable().describe('items of several points: mean difference in standard deviations'),
  ets: z.enum(['A', 'B', 'C']).nullable(),
})
export type Dif = z.infer<typeof Dif>

export const Option = z.object({
  option: z.string().nullable().describe('null: no answer'),
  isKey: z.boolean(),
  share: share,
  correlation: z.number().nullable(),
  byThird: z.array(share.nullable()).describe('share that chose it: weakest third, middle, strongest'),
})

/** An item as a run saw it. */
export const ItemReport = z.object({
  versionId: z.number(),
  code: z.string(),
  strand: z.string(),
  most: z.number(),
  isAnchor: z.boolean(),
  isDropped: z.boolean(),
  pupils: z.number(),
  difficulty: share.nullable().describe('share of the points that was reached'),
  itemRest: z.number().nullable(),
  counts: z.array(z.number()).describe('pupils at 0, 1, … points'),
  omitted: share.describe('of those who reached it'),
  notReached: share,
  model: z.string(),
  slope: z.number().nullable(),
  slopeError: z.number().nullable(),
  locations: z.array(z.number()).describe('abilities that mark the item, points of the scale'),
  infit: z.number().nullable(),
  outfit: z.number().nullable(),
  misfit: z.number().nullable().describe('RMSEA of S-X²'),
  dif: z.array(Dif),
  options: z.array(Option).nullable().describe('of a choice with one right answer'),
})
export type ItemReport = z.infer<typeof ItemReport>

export const FormReport = z.object({
  code: z.string(),
  items: z.number(),
  pupils: z.number(),
  alpha: z.number().nullable(),
  alphaLow: z.number().nullable(),
  alphaHigh: z.number().nullable(),
  omega: z.number().nullable(),
  marginal: z.number().nullable().describe('reliability by the model'),
  error: z.array(z.number().nullable()).describe('standard error of a score, at `grid`'),
  errorAtCuts: z.array(z.number().nullable()),
})
export type FormReport = z.infer<typeof FormReport>

export const BookletPlace = z.object({
  versionId: z.number(),
  code: z.string(),
  points: z.number().describe('this many points of the item or more'),
  location: z.number().describe('mastered from this score on'),
})
export type BookletPlace = z.infer<typeof BookletPlace>

export const LinkTryReport = z.object({
  round: z.string(),
  grade: z.number(),
  schoolYear: z.number(),
  anchors: z.number(),
  fault: z.string().nullable(),
  kept: share.nullable(),
  correlation: z.number().nullable(),
  spreadRatio: z.number().nullable(),
  drift: z.array(
    z.object({
      code: z.string(),
      slopeZ: z.number().nullable(),
      locationZ: z.number().nullable(),
      shift: z.number().describe('logits'),
      stable: z.boolean(),
    }),
  ),
})
export type LinkTryReport = z.infer<typeof LinkTryReport>

/** What a psychometrician reads about a run: of items and groups, nobody's own result. */
export const RunReport = z
  .object({
    pupils: z.number().describe('tested'),
    expected: z.number().describe('of the roster, the exempt not counted'),
    seconds: z.number().nullable().describe('kept out of the hash'),
    items: z.array(ItemReport),
    forms: z.array(FormReport),
    flags: z.array(Flag),
    links: z.array(LinkTryReport),
    dependent: z.array(z.object({ a: z.string(), b: z.string(), q3: z.number(), pupils: z.number() })),
    q3Mean: z.number(),
    reliability: z.object({ eap: z.number().nullable(), wle: z.number().nullable() }),
    grid: z.array(z.number()).describe('scores'),
    mean: z.number().describe('by plausible values, points'),
    sd: z.number(),
    betweenSchools: z.number().describe('share of the variance between schools'),
    histogram: z.array(z.object({ from: z.number(), share })).describe('by plausible values'),
    bandwidth: z.number(),
    booklet: z.array(BookletPlace),
    standard: z
      .object({
        version: z.number(),
        cuts: z.array(z.number()),
        accuracy: z.number(),
        consistency: z.number(),
        shares: z.array(share).describe('of pupils at each level, by plausible values'),
      })
      .nullable(),
  })
  .meta({ id: 'ScalingReport' })
export type RunReport = z.infer<typeof RunReport>

/** A run in a list. */
export const RunSummary = z
  .object({
    number: z.number().int(),
    seed: z.number().int(),
    reason: z.string().nullable().describe('why it was done again'),
    askedBy: z.string().nullable().describe('null: the command line'),
    askedAt: z.iso.datetime({ offset: true }),
    madeAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .describe('null: not made yet, or it could not be made'),
    inForce: z.boolean(),
    program: z.string().nullable(),
    inputHash: z.string().nullable(),
    outputHash: z.string().nullable().describe('same input, seed and program: the same'),
    scale: z.string().nullable().describe('results on scales of the same name may be subtracted, others not'),
    kind: Scale.shape.kind.nullable(),
    linkError: z.number().nullable().describe('points'),
    pupils: z.number().int().nullable(),
    flags: z.number().int().nullable(),
  })
  .meta({ id: 'ScalingRun' })
export type RunSummary = z.infer<typeof RunSummary>

/** What keeps a round from being scaled. */
export const Hindrance = z.enum([
  'not_there',
  'round_not_closed',
  'nobody_tested',
  'answers_wait',
  'reason_missing',
])
export type Hindrance = z.infer<typeof Hindrance>

const RoundAbout = z.object({
  code: z.string(),
  name: Words,
  domain: Domain,
  grade: z.number().int(),
  schoolYear: SchoolYear,
  state: z.string(),
})

/** A round as those who scale it find it in a list. */
export const RoundToScale = RoundAbout.extend({
  hindrance: Hindrance.nullable().describe('null: it can be scaled now'),
  runs: z.number().int(),
  inForce: RunSummary.nullable(),
}).meta({ id: 'RoundToScale' })
export type RoundToScale = z.infer<typeof RoundToScale>

export const DecisionKind = z.enum(['drop_item', 'keep_item', 'drop_anchor', 'keep_anchor'])

export const Decision = z.object({
  item: z.string().describe('code'),
  kind: DecisionKind,
  reason: z.string(),
  madeBy: z.string().nullable(),
  madeAt: z.iso.datetime({ offset: true }),
})
export type Decision = z.infer<typeof Decision>

export const StandardInfo = z.object({
  version: z.number().int(),
  scale: z.string(),
  fromYear: SchoolYear,
  cuts: z.array(z.number()).describe('where levels 2, 3 and 4 begin, points'),
  errors: z.array(z.number()).describe('of the median of the panel'),
  basis: z.string(),
  madeAt: z.iso.datetime({ offset: true }),
})
export type StandardInfo = z.infer<typeof StandardInfo>

export const PanelSummary = z
  .object({
    id: z.uuid(),
    name: z.string(),
    round: z.string().describe('code'),
    domain: Domain,
    grade: z.number().int(),
    state: z.enum(['open', 'closed']),
    panelRound: z.number().int(),
  })
  .meta({ id: 'Panel' })
export type PanelSummary = z.infer<typeof PanelSummary>

/** A round with its runs, decisions, panels and standards. */
export const ScalingOfRound = RoundAbout.extend({
  hindrance: Hindrance.nullable(),
  runs: z.array(RunSummary).describe('the latest first'),
  decisions: z.array(Decision).describe('the latest first'),
  anchors: z.array(z.string()).describe('codes of the items of the round that are anchors'),
  items: z.array(z.string()),
  panels: z.array(PanelSummary),
  standards: z.array(StandardInfo).describe('of the domain and grade, the latest first'),
}).meta({ id: 'ScalingOfRound' })
export type ScalingOfRound = z.infer<typeof ScalingOfRound>

/** One run with its report. */
export const RunDetail = RoundAbout.extend({
  run: RunSummary,
  settings: z.record(z.string(), z.unknown()),
  scale: Scale,
  report: RunReport,
}).meta({ id: 'ScalingRunDetail' })
export type RunDetail = z.infer<typeof RunDetail>

/** A panel as one of its members, or the psychometrician, sees it. */
export const PanelDetail = PanelSummary.extend({
  mastery: z.number(),
  leads: z.boolean().describe('whether the caller leads it'),
  sits: z.boolean().describe('whether the caller sets bookmarks'),
  booklet: z
    .array(
      z.object({
        place: z.number().int(),
        code: z.string(),
        points: z.number().int(),
        location: z.number().nullable().describe('points of the scale; for who leads the panel'),
      }),
    )
    .describe('easiest first'),
  mine: z.array(z.number().int()).describe('own bookmarks of this round; empty: none yet'),
  medians: z.array(
    z.object({
      panelRound: z.number().int(),
      panellists: z.number().int(),
      cuts: z.array(z.number()),
      spreads: z.array(z.number().nullable()),
      shares: z
        .array(z.number())
        .nullable()
        .describe('of pupils at each level, if these were the cuts; from the second round on'),
    }),
  ),
}).meta({ id: 'PanelDetail' })
export type PanelDetail = z.infer<typeof PanelDetail>
