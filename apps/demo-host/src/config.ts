/** What the platform tells the page, in `config.json` beside it. */
export interface DemoConfig {
  /** Where the gateway's routes are answered, on the page's own origin: `/api`. */
  readonly gatewayBase: string;
  /** `RUNNER_PUBLIC_BASE`: another origin than the page's. */
  readonly runnerPublicBase: string;
  /** The local issuer's token endpoint, on the page's own origin. Without it a token is pasted. */
  readonly tokenUrl?: string;
  /** E-mail addresses of users that the issuer knows. */
  readonly users?: readonly string[];
  /** Whether the tenant's extensions change while the page is open, as one under development does. */
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
  return config as DemoConfig;
}

/**
 * Lets the page show frames of extensions' origins only, so that an extension cannot take its frame elsewhere. A real host sends
 * this as a header; here the origin is known only when `config.json` has come.
 */
export function restrictFrames(source: string): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `frame-src ${source}`;
  document.head.append(policy);
}
