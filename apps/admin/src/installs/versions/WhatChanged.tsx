import { Button, Drawer } from '@alga/ui-kit';
import { useState } from 'react';
import { useVersion } from '../../api/catalogue.ts';
import type { Version } from '../../api/types.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { texts } from '../../texts.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { differenceOf } from './differenceOf.ts';

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
          <Difference name={name} from={from} to={to} />
        </Drawer>
      )}
    </>
  );
}

function Difference({ name, from, to }: WhatChangedProps) {
  const before = useVersion(name, from);
  const after = useVersion(name, to);
  return (
    <Loaded<Version> query={before}>
      {(old) => (
        <Loaded<Version> query={after}>
          {(current) => <DifferenceList difference={differenceOf(old, current)} />}
        </Loaded>
      )}
    </Loaded>
  );
}
