import { DatePicker, Grid, Select } from '@alga/ui-kit';
import { Example, Examples } from '../Example.tsx';

const countries = [
  'Austria',
  'Belgium',
  'Bulgaria',
  'Croatia',
  'Cyprus',
  'Czechia',
  'Denmark',
  'Estonia',
  'Finland',
  'France',
  'Germany',
  'Greece',
  'Hungary',
  'Ireland',
  'Italy',
  'Latvia',
  'Lithuania',
  'Luxembourg',
  'Malta',
  'Netherlands',
  'Poland',
  'Portugal',
  'Romania',
  'Slovakia',
  'Slovenia',
  'Spain',
  'Sweden',
].map((label) => ({ id: label.toLowerCase(), label }));

const plans = [
  { id: 'backup', label: 'Backup', description: 'Daily copies, kept for 30 days' },
  { id: 'managed', label: 'Managed', description: 'We run it for you' },
  { id: 'security', label: 'Security', description: 'Patches and watching' },
  { id: 'legacy', label: 'Legacy', description: 'No longer sold', isDisabled: true },
];

export function Pickers() {
  return (
    <Examples>
      <Example title="Select">
        <Grid gap={5}>
          <Select label="Plan" options={plans} defaultValue="managed" />
          <Select
            label="Owner"
            options={plans}
            placeholder="Choose an owner"
            description="Gets the reminders."
          />
          <Select
            label="Region"
            options={plans}
            placeholder="Choose a region"
            isInvalid
            errorMessage="Choose a region."
            isRequired
          />
          <Select label="Locked" options={plans} defaultValue="backup" isDisabled />
        </Grid>
      </Example>
      <Example title="Select with search">
        <div className="gallery-narrow">
          <Select label="Country" options={countries} placeholder="Choose a country" isSearchable />
        </div>
      </Example>
      <Example title="DatePicker">
        <Grid gap={5}>
          <DatePicker label="Starts" defaultValue="2026-03-09" />
          <DatePicker
            label="Ends"
            minValue="2026-03-10"
            maxValue="2031-12-31"
            description="Within five years."
          />
          <DatePicker label="Signed" defaultValue="2026-02-28" isInvalid errorMessage="Before the start." />
          <DatePicker label="Locked" defaultValue="2026-01-01" isDisabled />
        </Grid>
      </Example>
    </Examples>
  );
}
