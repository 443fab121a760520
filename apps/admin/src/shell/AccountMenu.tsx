import { Button, DropdownMenu, MenuItem, MenuSection, useTheme, type ThemePreference } from '@alga/ui-kit';
import { CircleUser, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useSession } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { chooseTheme } from './theme.ts';
import { own } from '../common/own.ts';

const THEMES: readonly { readonly id: ThemePreference; readonly Icon: typeof Sun }[] = [
  { id: 'system', Icon: Monitor },
  { id: 'light', Icon: Sun },
  { id: 'dark', Icon: Moon },
];

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const { person, signOut } = useSession();
  const { preference } = useTheme();
  const role = person.roles.map((one) => own(texts.session.roles, one)).find((name) => name !== undefined);

  return (
    <DropdownMenu
      placement="bottom end"
      trigger={
        <Button
          variant="ghost"
          icon={<CircleUser aria-hidden="true" />}
          aria-label={`${texts.session.account}: ${person.name}`}
        >
          {person.name}
        </Button>
      }
      onAction={(key) => {
        if (key === 'sign-out') void signOut();
        else chooseTheme(key as ThemePreference);
      }}
    >
      <MenuSection title={[person.email ?? person.id, role].filter(Boolean).join(' · ')}>
        <MenuItem id="sign-out" icon={<LogOut aria-hidden="true" />}>
          {texts.session.signOut}
        </MenuItem>
      </MenuSection>
      <MenuSection title={texts.session.theme}>
        {THEMES.map(({ id, Icon }) => (
          <MenuItem
            key={id}
            id={id}
            icon={<Icon aria-hidden="true" />}
            {...(preference === id ? { shortcut: '✓', 'aria-current': 'true' as const } : {})}
          >
            {texts.session.themes[id]}
          </MenuItem>
        ))}
      </MenuSection>
    </DropdownMenu>
  );
}
