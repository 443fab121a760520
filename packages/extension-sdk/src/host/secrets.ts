import { hostApi } from '../runtime/bindings.ts';
import { text } from '../runtime/checked.ts';
import { HostError, hostCall } from './errors.ts';

/** A secret that cannot be had; `code` is `missing`, `expired` or `unavailable`. */
export class SecretError extends HostError {}

const errors = { missing: SecretError, expired: SecretError, unavailable: SecretError } as const;

/** The install's secrets. Needs the capability `secrets.get`. */
export const secrets = {
  /** @throws CapabilityDeniedError without the capability; SecretError when there is no usable value. */
  get(name: string): string {
    const checked = text(name, 'A secret name');
    const bindings = hostApi('secrets');
    return hostCall('secrets.get', errors, () => bindings.get(checked));
  },
  /** Names of the secrets that have a value. @throws CapabilityDeniedError without the capability. */
  names(): string[] {
    const bindings = hostApi('secrets');
    return hostCall('secrets.get', errors, () => bindings.names());
  },
} as const;
