import type { Config } from '@react-router/dev/config'

/** The portal is made on the server; no page is sent as an empty shell to be filled by scripts. */
export default {
  appDirectory: 'src/web',
  buildDirectory: 'build',
  ssr: true,
  splitRouteModules: false,
  routeDiscovery: { mode: 'initial' },
} satisfies Config
