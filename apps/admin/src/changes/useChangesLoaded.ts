import { useEnvelope, usePublisherText, useVersion } from '../api/catalogue.ts';

/** Whether everything that `VersionChanges` shows was asked for and answered, be it with a fault. */
export function useChangesLoaded(name: string, from: string, to: string): boolean {
  const parts = [
    useVersion(name, from),
    useVersion(name, to),
    useEnvelope(name, from, 'signature'),
    useEnvelope(name, to, 'signature'),
    usePublisherText(name, from, 'changelog'),
    usePublisherText(name, to, 'changelog'),
  ];
  return !parts.some(({ isPending }) => isPending);
}
