import type { UnitFigure } from '#modules/publications/model.ts'
import type { TileMap as Tiles } from '#modules/registry/model.ts'
import { TileMap } from '../charts/tile-map.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { PlaceFrame } from './place-frame.tsx'

/** Municipalities as squares, about where they lie. Stands on the front page where the country has a tile map. */
export function PlaceMap(props: { view: UnitView; figures: readonly UnitFigure[]; tiles: Tiles }) {
  const { view, figures, tiles } = props
  const { t, name } = view.language
  const indicator = view.indicatorOf(view.data.resultCode)
  if (!indicator || !view.data.main) return null
  return (
    <PlaceFrame view={view} figures={figures} say={t('map.say')}>
      <TileMap
        label={t('map.label', { indicator: name(indicator.name) })}
        indicator={indicator}
        tiles={tiles.items}
        source={tiles.source ?? ''}
        figures={figures}
        rules={view.rules}
        year={null}
      />
    </PlaceFrame>
  )
}
