import { Field, Grid, Input, NumberInput, SearchInput, TextArea } from '@alga/ui-kit';
import { AtSign } from 'lucide-react';
import { Example, Examples } from '../Example.tsx';

export function Fields() {
  return (
    <Examples>
      <Example title="Input">
        <Grid gap={5}>
          <Input label="Name" placeholder="Northwind Traders" />
          <Input label="Code" description="Capital letters and digits." isRequired defaultValue="NW-204" />
          <Input
            label="Email"
            defaultValue="dana@"
            isInvalid
            errorMessage="An address looks like dana@example.com."
          />
          <Input label="Locked" isDisabled defaultValue="Set by your administrator" />
          <Input label="Read only" isReadOnly defaultValue="ag_01J9ZQ" />
          <Input
            label="With affixes"
            prefix={<AtSign aria-hidden="true" />}
            suffix=".example.com"
            defaultValue="dana"
          />
        </Grid>
      </Example>
      <Example title="NumberInput">
        <Grid gap={5}>
          <NumberInput label="Seats" defaultValue={25} minValue={1} maxValue={500} />
          <NumberInput
            label="Monthly price"
            defaultValue={1480}
            formatOptions={{ style: 'currency', currency: 'EUR' }}
          />
        </Grid>
      </Example>
      <Example title="TextArea">
        <Grid gap={5}>
          <TextArea label="Notes" placeholder="What the next person should know" />
          <TextArea label="Settings" isMonospaced defaultValue={'{\n  "region": "eu"\n}'} />
        </Grid>
      </Example>
      <Example title="SearchInput">
        <div className="gallery-narrow">
          <SearchInput aria-label="Search customers" defaultValue="north" />
        </div>
      </Example>
      <Example title="Field around a control of one’s own">
        <div className="gallery-narrow">
          <Field label="Brand color" description="Shown in letters." error="Too light to read on white.">
            {(control) => <input {...control} type="color" defaultValue="#dfe3ff" />}
          </Field>
        </div>
      </Example>
    </Examples>
  );
}
