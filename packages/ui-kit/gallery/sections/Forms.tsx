import {
  Button,
  Card,
  Checkbox,
  DatePicker,
  Form,
  FormActions,
  Input,
  NumberInput,
  Select,
  TextArea,
  toast,
} from '@alga/ui-kit';
import { useState } from 'react';
import { Example, Examples } from '../Example.tsx';

const plans = [
  { id: 'backup', label: 'Backup' },
  { id: 'managed', label: 'Managed' },
  { id: 'security', label: 'Security' },
];

export function Forms() {
  const [errors, setErrors] = useState<Record<string, string>>({});
  return (
    <Examples>
      <Example title="Two columns where there is room" isBare>
        <Card title="New agreement" description="A draft until both sides have signed." headingLevel={3}>
          <Form
            columns={2}
            validationErrors={errors}
            onSubmit={(event) => {
              event.preventDefault();
              const code = new FormData(event.currentTarget).get('code');
              const isTaken = code === 'NW-204';
              setErrors(isTaken ? { code: 'NW-204 is taken.' } : {});
              if (!isTaken) toast.success('Agreement saved');
            }}
          >
            <Input name="customer" label="Customer" isRequired defaultValue="Northwind Traders" />
            <Input
              name="code"
              label="Code"
              isRequired
              defaultValue="NW-204"
              description="Save to see a server’s answer."
            />
            <Select name="plan" label="Plan" options={plans} defaultValue="managed" />
            <NumberInput name="seats" label="Seats" defaultValue={25} minValue={1} />
            <DatePicker name="starts" label="Starts" defaultValue="2026-03-09" />
            <DatePicker name="ends" label="Ends" defaultValue="2028-03-08" />
            <div className="gallery-wide">
              <TextArea name="notes" label="Notes" />
            </div>
            <div className="gallery-wide">
              <Checkbox name="renew" defaultSelected>
                Renew by itself
              </Checkbox>
            </div>
            <FormActions>
              <Button type="submit" variant="primary">
                Save agreement
              </Button>
              <Button
                onPress={() => {
                  setErrors({});
                }}
              >
                Cancel
              </Button>
            </FormActions>
          </Form>
        </Card>
      </Example>
    </Examples>
  );
}
