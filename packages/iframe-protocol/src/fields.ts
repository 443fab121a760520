import { integer, object, record, text } from './schema.ts';

/** A place inside the extension: starts with one `/`, so that it can never be read as another site. */
export const path = text(2048, { min: 1, pattern: /^\/(?![/\\])[^\\\p{Cc}]*$/u });

/** An id that the asking side makes up; the answer carries it back. */
export const requestId = text(64, { min: 1, pattern: /^[A-Za-z0-9_-]+$/ });

/** Base64 with padding, of `max` characters at most. */
export const base64 = (max: number) => text(max, { pattern: /^[A-Za-z0-9+/]*={0,2}$/ });

/** Header names in lower case or not; values without line breaks and other controls. */
export const headers = record(/^[A-Za-z0-9-]{1,64}$/, text(8192, { pattern: /^[^\p{Cc}]*$/u }), 64);

/** Text that the host shows: no controls, and no characters that reorder or hide what surrounds them. */
export const shown = (max: number) =>
  text(max, { min: 1, pattern: /^[^\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]*$/u });

/** CSS variables by name. Values cannot end their declaration or load anything. */
export const themeTokens = record(
  /^--[a-z0-9-]{1,64}$/,
  text(256, { pattern: /^(?!.*(?:url|image|src)\s*\()[^;{}<>\\@\p{Cc}]*$/iu }),
  256,
);

/** A token of an install, and the end of its life in seconds since 1970. */
export const frameToken = object({
  token: text(16_384, { min: 1, pattern: /^[\x21-\x7E]+$/ }),
  expires_at: integer(0, Number.MAX_SAFE_INTEGER),
});

/** Protocol versions that a side speaks. */
export const version = text(8, { min: 1, pattern: /^[0-9]+$/ });
