/** Tells the page around a panel how high it is; only pages of the hosts that are named hear it. */
export function PanelHeight({ hosts }: { hosts: string }) {
  return <script type="module" src="/islands/panel.js" data-hosts={hosts} async />
}
