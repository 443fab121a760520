import { Button, ButtonLink, IconButton, SegmentedControl, Stack, type ButtonVariant } from '@alga/ui-kit';
import { ArrowRight, Download, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Example, Examples } from '../Example.tsx';

const variants: ButtonVariant[] = ['primary', 'secondary', 'ghost', 'danger'];
const names = { primary: 'Primary', secondary: 'Secondary', ghost: 'Ghost', danger: 'Danger' };

export function Buttons() {
  const [range, setRange] = useState<'day' | 'week' | 'month'>('week');
  const [isSaving, setSaving] = useState(false);
  return (
    <Examples>
      <Example title="Variants">
        <Stack direction="row" gap={3} wrap>
          {variants.map((variant) => (
            <Button key={variant} variant={variant}>
              {names[variant]}
            </Button>
          ))}
        </Stack>
      </Example>
      <Example title="Sizes">
        <Stack direction="row" gap={3} wrap>
          <Button size="sm">Small</Button>
          <Button>Medium</Button>
          <Button size="lg">Large</Button>
        </Stack>
      </Example>
      <Example title="With icons">
        <Stack direction="row" gap={3} wrap>
          <Button variant="primary" icon={<Plus aria-hidden="true" />}>
            New agreement
          </Button>
          <Button icon={<Download aria-hidden="true" />}>Export</Button>
          <Button variant="ghost" trailingIcon={<ArrowRight aria-hidden="true" />}>
            Continue
          </Button>
          <ButtonLink href="#docs">Read the docs</ButtonLink>
        </Stack>
      </Example>
      <Example title="Disabled and pending">
        <Stack direction="row" gap={3} wrap>
          {variants.map((variant) => (
            <Button key={variant} variant={variant} isDisabled>
              {names[variant]}
            </Button>
          ))}
          <Button variant="primary" isPending>
            Saving
          </Button>
          <Button
            isPending={isSaving}
            onPress={() => {
              setSaving(true);
              setTimeout(() => {
                setSaving(false);
              }, 1500);
            }}
          >
            Press to wait
          </Button>
        </Stack>
      </Example>
      <Example title="IconButton">
        <Stack direction="row" gap={3} wrap>
          <IconButton label="Edit" size="sm">
            <Pencil aria-hidden="true" />
          </IconButton>
          <IconButton label="Download">
            <Download aria-hidden="true" />
          </IconButton>
          <IconButton label="Add" variant="secondary">
            <Plus aria-hidden="true" />
          </IconButton>
          <IconButton label="Add in accent" variant="primary">
            <Plus aria-hidden="true" />
          </IconButton>
          <IconButton label="Delete" variant="danger" size="lg">
            <Trash2 aria-hidden="true" />
          </IconButton>
        </Stack>
      </Example>
      <Example title="SegmentedControl">
        <SegmentedControl
          label="Range"
          value={range}
          onChange={setRange}
          segments={[
            { id: 'day', label: 'Day' },
            { id: 'week', label: 'Week' },
            { id: 'month', label: 'Month' },
          ]}
        />
      </Example>
      <Example title="Full width">
        <div className="gallery-narrow">
          <Button variant="primary" isFullWidth>
            Sign in
          </Button>
        </div>
      </Example>
    </Examples>
  );
}
