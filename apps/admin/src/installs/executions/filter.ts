import type { ExecutionFilter } from '../../api/executions.ts';

/** All executions. */
export const NO_FILTER: ExecutionFilter = { status: '', code: '', endpoint: '', user: '', from: '', to: '' };
