/** The method of a request that rehearses one while a component is built. Runners refuse any other request that has it. */
export const rehearsalMethod = '';
