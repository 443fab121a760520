/** The part of `core-js-pure` that is used; the package has no types of its own. */
declare module 'core-js-pure/actual/promise/index.js' {
  const constructor: PromiseConstructor;
  export default constructor;
}
declare module 'core-js-pure/actual/url/index.js' {
  const constructor: unknown;
  export default constructor;
}
declare module 'core-js-pure/actual/url-search-params/index.js' {
  const constructor: unknown;
  export default constructor;
}
