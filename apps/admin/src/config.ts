/** What the platform tells the page, in `config.json` beside it. */
export interface AdminConfig {
  /** Where `/registry/...` and `/tenant/...` are answered, on the page's own origin: `/api`. */
  readonly registryBase: string;
  /** Where `/ext/{extensionId}/...` is answered, on the page's own origin: `/api`. */
  readonly gatewayBase: string;
  /** `RUNNER_PUBLIC_BASE`: another origin than the page's. */
  readonly runnerPublicBase: string;
  /** URL of the OpenID Connect provider; it has a discovery document. */
  readonly authority: string;
  /** This app at the provider. */
  readonly clientId: string;
  /** Scopes that the provider wants for access tokens of the platform; `openid profile email` unless given. */
  readonly scope?: string;
}

const REQUIRED = ['registryBase', 'gatewayBase', 'runnerPublicBase', 'authority', 'clientId'] as const;

/**
 * Reads `config.json`.
 *
 * @throws {Error} when it is not there, or lacks a setting.
 */
export async function loadConfig(): Promise<AdminConfig> {
  const response = await fetch('config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json was answered with ${response.status}.`);
  const config = (await response.json()) as Partial<Record<string, unknown>>;
  for (const name of REQUIRED) {
    if (typeof config[name] !== 'string') throw new Error(`config.json has no ${name}.`);
  }
  return config as unknown as AdminConfig;
}

/**
 * Lets the page show frames of extensions' origins only, so that an extension cannot take its frame elsewhere. A host that knows the
 * origin sends this as a header as well.
 */
export function restrictFrames(source: string): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `frame-src ${source}`;
  document.head.append(policy);
}
