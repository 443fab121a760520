import {
  AppShell,
  PageHeader,
  SegmentedControl,
  Sidebar,
  SidebarItem,
  SidebarSection,
  UIProvider,
  useTheme,
  type ThemePreference,
} from '@alga/ui-kit';
import { useState } from 'react';
import { Monitor, Moon, Sun } from 'lucide-react';
import { groups, type SectionId } from './groups.ts';
import { sections } from './sections.tsx';

/** Every component of the kit, one section at a time; the section stands in the URL's fragment. */
export function Gallery() {
  const [current, setCurrent] = useState<SectionId>(() => idIn(window.location.hash));
  const section = sections[current];
  return (
    <UIProvider
      locale="en-GB"
      navigate={(href) => {
        // Links inside the examples lead nowhere.
        if (!href.startsWith('#/')) return;
        window.location.hash = href.slice(1);
        setCurrent(idIn(href));
        window.scrollTo(0, 0);
      }}
    >
      <AppShell
        sidebar={
          <Sidebar
            header={
              <>
                <span className="gallery-mark" aria-hidden="true" />
                Alga UI kit
              </>
            }
            footer={<ThemeChoice />}
          >
            {groups.map((group) => (
              <SidebarSection key={group.title} title={group.title}>
                {group.ids.map((id) => (
                  <SidebarItem key={id} href={`#/${id}`} isCurrent={id === current}>
                    {sections[id].title}
                  </SidebarItem>
                ))}
              </SidebarSection>
            ))}
          </Sidebar>
        }
      >
        <PageHeader title={section.title} description={section.description} />
        <section.Content />
      </AppShell>
    </UIProvider>
  );
}

function ThemeChoice() {
  const { preference, setTheme } = useTheme();
  return (
    <SegmentedControl<ThemePreference>
      label="Theme"
      value={preference}
      onChange={setTheme}
      segments={[
        { id: 'light', label: 'Light', icon: <Sun aria-hidden="true" /> },
        { id: 'dark', label: 'Dark', icon: <Moon aria-hidden="true" /> },
        { id: 'system', label: 'Auto', icon: <Monitor aria-hidden="true" /> },
      ]}
    />
  );
}

function idIn(hash: string): SectionId {
  const id = hash.replace(/^#\//, '');
  return id in sections ? (id as SectionId) : 'overview';
}
