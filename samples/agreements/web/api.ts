import { useExtension } from '@alga/extension-iframe-sdk/react';
import { useCallback, useEffect, useState } from 'react';
import type { FieldErrors } from '../server/agreement.ts';

/** What the server side answered instead of a result. */
export class ApiError extends Error {
  readonly code: string;
  /** Messages by field, for an input that is wrong. */
  readonly fields: FieldErrors;

  constructor(code: string, message: string, fields: FieldErrors = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.fields = fields;
  }
}

/** Calls an endpoint of the extension; undefined for an answer without a body. @throws ApiError */
export type CallApi = <T>(method: string, route: string, body?: unknown) => Promise<T>;

/** A function that calls the extension's endpoints. */
export function useApi(): CallApi {
  const { api } = useExtension();
  return useCallback(
    async <T>(method: string, route: string, body?: unknown): Promise<T> => {
      const response = await api.fetch(route, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
      throw errorOf(response.status, text);
    },
    [api],
  );
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a GET gave, with a way to ask again. */
export interface Loaded<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly reload: () => void;
}

/** Loads a route when the component appears, when the route changes and on `reload`. */
export function useLoaded<T>(route: string): Loaded<T> {
  const call = useApi();
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<{ readonly data?: T; readonly error?: unknown }>({});
  const reload = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);

  useEffect(() => {
    let isCurrent = true;
    call<T>('GET', route).then(
      (data) => {
        if (isCurrent) setResult({ data });
      },
      (error: unknown) => {
        if (isCurrent) setResult({ error });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [call, route, attempt]);

  return { ...result, reload };
}

// The extension's own errors are `{ error: { code, message, fields } }`, the platform's `{ code, title }`.
function errorOf(status: number, text: string): ApiError {
  const body = parse(text) as {
    readonly code?: string;
    readonly title?: string;
    readonly error?: { readonly code?: string; readonly message?: string; readonly fields?: FieldErrors };
  } | null;
  return new ApiError(
    body?.error?.code ?? body?.code ?? 'failed',
    body?.error?.message ?? body?.title ?? `The request failed with status ${status}.`,
    body?.error?.fields,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An answer from something in between; its status is told instead.
    return null;
  }
}
