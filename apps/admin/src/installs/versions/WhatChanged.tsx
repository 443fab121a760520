import { Button, Drawer } from '@alga/ui-kit';
import { useState } from 'react';
import { ChangesLoaded } from '../../changes/ChangesLoaded.tsx';
import { VersionChanges } from '../../changes/VersionChanges.tsx';
import { texts } from '../../texts.ts';

const words = texts.versions;

/** Props of {@link WhatChanged}. */
export interface WhatChangedProps {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A button that shows how one version differs from another. */
export function WhatChanged({ name, from, to }: WhatChangedProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={words.whatChangedNamed(from, to)}
        onPress={() => {
          setOpen(true);
        }}
      >
        {words.whatChanged}
      </Button>
      {isOpen && (
        <Drawer isOpen title={words.whatChangedNamed(from, to)} onOpenChange={setOpen}>
          <ChangesLoaded name={name} from={from} to={to}>
            <VersionChanges name={name} from={from} to={to} />
          </ChangesLoaded>
        </Drawer>
      )}
    </>
  );
}
