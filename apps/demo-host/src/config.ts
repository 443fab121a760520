/** An extension that the page offers. */
export interface OfferedExtension {
  /** Its name or the install's id, as in the gateway's routes. */
  readonly extensionId: string;
  readonly title: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly contentHash: string;
  /** The manifest's `ui.entry`. */
  readonly entry: string;
  readonly installId?: string;
}

/** What the platform tells the page, in `config.json` beside it. */
export interface DemoConfig {
  /** Where `/ext/{extensionId}/...` is answered, on the page's own origin: `/api`. */
  readonly gatewayBase: string;
  /** `RUNNER_PUBLIC_BASE`: another origin than the page's. */
  readonly runnerPublicBase: string;
  /** The local issuer's token endpoint, on the page's own origin. Without it a token is pasted. */
  readonly tokenUrl?: string;
  /** E-mail addresses of users that the issuer knows. */
  readonly users?: readonly string[];
  readonly extensions: readonly OfferedExtension[];
  /** Whether this file changes while the page is open, as it does for an extension under development. */
  readonly follow?: boolean;
}

/** Reads `config.json`. */
export async function loadConfig(): Promise<DemoConfig> {
  const response = await fetch('config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json was answered with ${response.status}.`);
  const config = (await response.json()) as Partial<DemoConfig>;
  for (const name of ['gatewayBase', 'runnerPublicBase'] as const) {
    if (typeof config[name] !== 'string') throw new Error(`config.json has no ${name}.`);
  }
  if (!Array.isArray(config.extensions)) throw new Error('config.json has no list of extensions.');
  return config as DemoConfig;
}

/**
 * Lets the page show frames of one origin only, so that an extension cannot take its frame elsewhere. A real host sends
 * this as a header; here the origin is known only when `config.json` has come.
 */
export function restrictFrames(origin: string): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `frame-src ${origin}`;
  document.head.append(policy);
}
