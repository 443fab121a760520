/** The classes behind the globals of the same names in a component. Under Node, extensions use Node's. */
export type { BodyInit } from './body.ts';
export { fetch } from './fetch.ts';
export { Headers, type HeadersInit } from './headers.ts';
export { Request, type RequestInit } from './request.ts';
export { Response, type ResponseInit } from './response.ts';
