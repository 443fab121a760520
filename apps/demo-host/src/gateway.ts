// What the page asks the gateway for, besides the calls of extensions.
import type { FrameToken } from '@alga/host-bridge';
import type { Access } from './access.ts';
import type { DemoConfig } from './config.ts';

/** An extension that the page offers. */
export interface OfferedExtension {
  readonly extensionId: string;
  readonly installId: string;
  readonly title: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly contentHash: string;
  /** The manifest's `ui.entry`. */
  readonly entry: string;
  /** Names the tenant's own hosts; null where it has none. */
  readonly hosts: string | null;
}

interface HostExtensions {
  readonly items: readonly {
    readonly extensionId: string;
    readonly installId: string;
    readonly displayName: string;
    readonly contentHash: string;
    readonly ui: {
      readonly entry: string;
      readonly hosts: string | null;
      readonly hooks: { readonly appMenu?: { readonly label: string } };
    } | null;
  }[];
}

/** The extensions of the user's tenant that have a page. */
export async function listExtensions(config: DemoConfig, access: Access): Promise<OfferedExtension[]> {
  const { items } = (await ask(config, access, 'GET', '/host/extensions')) as HostExtensions;
  return items.flatMap(({ ui, displayName, extensionId, installId, contentHash }) =>
    ui === null
      ? []
      : [
          {
            extensionId,
            installId,
            contentHash,
            entry: ui.entry,
            hosts: ui.hosts,
            title: ui.hooks.appMenu?.label ?? displayName,
          },
        ],
  );
}

/** A token that the frame may hold: for this user, at this install, for some minutes. */
export async function issueToken(
  config: DemoConfig,
  access: Access,
  extensionId: string,
): Promise<FrameToken> {
  const { token, expiresAt } = (await ask(config, access, 'POST', `/ext-token/${extensionId}`)) as {
    token: string;
    expiresAt: string;
  };
  return { token, expires_at: Math.floor(Date.parse(expiresAt) / 1000) };
}

async function ask(config: DemoConfig, access: Access, method: string, path: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${await access.token()}` };
  const response = await fetch(config.gatewayBase + path, { method, headers });
  if (!response.ok) throw new Error(`The gateway answered ${path} with ${response.status}.`);
  return response.json();
}
