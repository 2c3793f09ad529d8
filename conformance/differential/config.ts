import { resolve } from 'node:path'

/** Where one of the two servers is to be found; without a URL the harness starts its own. */
export interface ServerPlace {
  readonly url: string | undefined
  /** The loopback port on which that server delivers its mails; 0 lets the system choose. */
  readonly sinkPort: number
}

/** Everything that the environment can say about a run. */
export interface DifferentialConfig {
  readonly reference: ServerPlace
  readonly doorward: ServerPlace
  /** Folder with the reference's `start` and `stop`. */
  readonly referenceDir: string
  readonly repositoryRoot: string
  /** The HS256 secret of both servers; tokens are forged with it. */
  readonly secret: string
  readonly staff: { readonly email: string; readonly password: string }
  /** Keeps the addresses of one run apart from those of an earlier run on the same server. */
  readonly runName: string
  readonly concurrency: number
  /** Origin of the sales API beside Doorward, where it is not Doorward's own. */
  readonly salesUrl: string | undefined
  /** A second reference stands in for Doorward: proves the harness itself. */
  readonly selfCheck: boolean
}

const root = resolve(import.meta.dirname, '../..')

/** Reads the configuration from the environment; every key has a default. */
export function readConfig(env: NodeJS.ProcessEnv): DifferentialConfig {
  return {
    reference: { url: env.REFERENCE_URL, sinkPort: Number(env.REFERENCE_SINK_PORT ?? 0) },
    doorward: { url: env.DOORWARD_URL, sinkPort: Number(env.DOORWARD_SINK_PORT ?? 0) },
    referenceDir: resolve(root, env.REFERENCE_DIR ?? '../shared/reference'),
    repositoryRoot: root,
    secret: env.DOORWARD_SECRET ?? 'reference-insecure-secret-key-for-differential-tests-only',
    staff: {
      email: env.STAFF_EMAIL ?? 'staff@example.com',
      password: env.STAFF_PASSWORD ?? 'Staff-Pass-9137',
    },
    runName: env.DIFFERENTIAL_RUN ?? Date.now().toString(36),
    concurrency: Number(env.DIFFERENTIAL_CONCURRENCY ?? 4),
    salesUrl: env.DOORWARD_SALES_URL,
    selfCheck: env.DIFFERENTIAL_SELF_CHECK === '1',
  }
}
