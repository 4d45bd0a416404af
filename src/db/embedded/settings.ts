/**
 * PostgreSQL's settings for a machine of 2 cores and 24 GiB that it shares with the web and job processes. An operator
 * overrides them in `postgres/operator.conf`, a caller through `startEmbedded({ settings })`.
 */
const ground: Record<string, string> = {
  shared_buffers: '512MB',
  effective_cache_size: '6GB',
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  max_connections: '80',
  max_parallel_workers_per_gather: '2',
  max_locks_per_transaction: '256', // a backup holds every table and partition at once
  jit: 'off', // it cost more than it saved on our queries
  client_connection_check_interval: '10s', // a statement whose client has gone is cancelled
  random_page_cost: '1.1',
  timezone: 'UTC',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.simple',

  // Bulk loads: few, spread checkpoints, and no log for replicas, which an embedded server never has.
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',

  // No personal data in the server's logs: no statements, no parameters, no detail, and no errors of statements at all,
  // because their first line may quote a value. ("log" ranks above "error" here: what remains is the server's own news.)
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_checkpoints: 'off',

  // One file per weekday, the oldest overwritten: a log that never fills the disk.
  logging_collector: 'on',
  log_directory: '../log',
  log_filename: 'postgres-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
}

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`

/**
 * Text of postgresql.conf; `operator` is the operator's own text, which comes last and wins. Without
 * a host in `settings.listen_addresses` only the socket is open.
 */
export function serverSettings(
  socketFolder: string,
  port: number,
  settings: Record<string, string>,
  operator: string,
) {
  const all = {
    ...ground,
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: String(port),
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${quoted(value)}`)
  return `# Written anew at every start; put changes into operator.conf beside the data folder.
${lines.join('\n')}
${operator}`
}

/**
 * Text of pg_hba.conf. Trust on the socket is safe because its folder is 0700: whoever can open the socket is the
 * server's own account or root, and could read the data files as well.
 */
export const hostRules = (more: readonly string[] = []) => ['local all all trust', ...more, ''].join('\n')
