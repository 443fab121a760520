import { createContext, useContext } from 'react';
import type { ApiClient } from './client.ts';

/** The clients of the registry and of the gateway. */
export interface Apis {
  readonly registry: ApiClient;
  readonly gateway: ApiClient;
}

export const ApiContext = createContext<Apis | null>(null);

function useApis(): Apis {
  const apis = useContext(ApiContext);
  if (apis === null) throw new Error('There is no ApiContext above.');
  return apis;
}

/** The client of the registry. */
export const useApi = (): ApiClient => useApis().registry;

/** The client of the gateway. */
export const useGateway = (): ApiClient => useApis().gateway;
