/** The method of a request that rehearses one while a component is built. No request has it otherwise. */
export const rehearsalMethod = '';
