import { useState } from 'react';
import type { SignIn as Choice } from './access.ts';

/** Props of {@link SignIn}. */
export interface SignInProps {
  readonly users: readonly string[];
  readonly error: string | undefined;
  readonly onSignIn: (choice: Choice) => void;
}

/** Takes one of the demo users, or a token. This page has no passwords: it is for one machine. */
export function SignIn({ users, error, onSignIn }: SignInProps) {
  const [token, setToken] = useState('');

  return (
    <main className="sign-in">
      <h1>Demo host</h1>
      {error !== undefined && <p role="alert">{error}</p>}
      {users.length > 0 && (
        <section aria-labelledby="users">
          <h2 id="users">Continue as</h2>
          {users.map((user) => (
            <button
              key={user}
              type="button"
              onClick={() => {
                onSignIn({ user });
              }}
            >
              {user}
            </button>
          ))}
        </section>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSignIn({ token: token.trim() });
        }}
      >
        <label htmlFor="token">{users.length > 0 ? 'Or with an access token' : 'Access token'}</label>
        <textarea
          id="token"
          rows={4}
          required
          spellCheck={false}
          value={token}
          onChange={(event) => {
            setToken(event.target.value);
          }}
        />
        <button type="submit" className="primary">
          Continue
        </button>
      </form>
    </main>
  );
}
